package sluice.engine.dht;

import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;

/** A node of the table: it has answered from its address. Loop only. */
final class Contact {
  /** So long after its last answer a node counts as good (BEP 5). */
  static final long GOOD_NANOS = 15 * 60_000_000_000L;

  /** A node that left so many queries in a row unanswered is bad. */
  static final int MAX_FAILURES = 2;

  private final NodeInfo info;
  private final boolean right;
  private long answeredNanos;
  private long askedNanos;
  private int failures;

  Contact(NodeInfo info, long now) {
    this.info = info;
    this.right = SecureIds.isRight(info.id(), info.endpoint().address());
    this.answeredNanos = now;
    this.askedNanos = now;
  }

  NodeInfo info() {
    return info;
  }

  NodeId id() {
    return info.id();
  }

  Endpoint endpoint() {
    return info.endpoint();
  }

  /** Whether its id is one of its address (BEP 42). */
  boolean isRight() {
    return right;
  }

  boolean isBad() {
    return failures >= MAX_FAILURES;
  }

  boolean isGood(long now) {
    return failures == 0 && now - answeredNanos < GOOD_NANOS;
  }

  /** Since when nothing was heard of it, and nothing was asked. */
  long idleNanos(long now) {
    return now - Math.max(answeredNanos, askedNanos);
  }

  void answered(long now) {
    answeredNanos = now;
    failures = 0;
  }

  void asked(long now) {
    askedNanos = now;
  }

  void failed() {
    failures++;
  }
}
