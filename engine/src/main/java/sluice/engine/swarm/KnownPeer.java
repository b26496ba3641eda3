package sluice.engine.swarm;

import java.util.Optional;
import sluice.engine.crypt.Approach;
import sluice.protocol.address.Endpoint;

/** One address of {@link KnownPeers}, in exactly one state. */
final class KnownPeer {
  private static final long SECOND_NANOS = 1_000_000_000L;
  static final long FIRST_BACKOFF_NANOS = 30 * SECOND_NANOS;

  /** The user knows that the peer is there, or will be in a moment. */
  static final long FIRST_USER_BACKOFF_NANOS = SECOND_NANOS;

  static final long MAX_BACKOFF_NANOS = 1_800 * SECOND_NANOS;

  /** A connection that lived so long was of use. */
  static final long USEFUL_NANOS = 60 * SECOND_NANOS;

  private static final int MAX_DOUBLINGS = 6;

  final Endpoint endpoint;
  Source source;
  State state = State.IDLE;
  boolean seed;

  /** Failures since the last useful connection. */
  int failures;

  /** Orders addresses of equal rank: those whose turn was longest ago come first. */
  long turn;

  /** When it was connected, or closed or failed last; meaningless if never. */
  long sinceNanos;

  /** How it is spoken to first; empty until that is known. */
  Optional<Approach> approach = Optional.empty();

  private boolean waits;

  KnownPeer(Endpoint endpoint, Source source, long turn) {
    this.endpoint = endpoint;
    this.source = source;
    this.turn = turn;
  }

  /** What is going on with an address. */
  enum State {
    IDLE,
    CONNECTING,
    CONNECTED
  }

  boolean isReady(long now) {
    return state == State.IDLE && (!waits || now - sinceNanos >= backoffNanos());
  }

  void fail(long now) {
    failures++;
    rest(now);
  }

  void close(long now) {
    boolean useful = state == State.CONNECTED && now - sinceNanos >= USEFUL_NANOS;
    failures = useful ? 0 : failures + 1;
    rest(now);
  }

  private void rest(long now) {
    state = State.IDLE;
    sinceNanos = now;
    waits = true;
  }

  private long backoffNanos() {
    int doublings = Math.clamp(failures - 1, 0, MAX_DOUBLINGS);
    long first = source == Source.USER ? FIRST_USER_BACKOFF_NANOS : FIRST_BACKOFF_NANOS;
    return Math.min(MAX_BACKOFF_NANOS, first << doublings);
  }
}
