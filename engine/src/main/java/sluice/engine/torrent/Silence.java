package sluice.engine.torrent;

import sluice.engine.choke.Standing;
import sluice.engine.peer.BlockBudget;
import sluice.engine.peer.Peer;
import sluice.protocol.wire.Message;

/**
 * Ends connections that nothing comes from, or that take nothing, the latter sooner when memory is
 * nearly used up; and keeps those up that we say nothing on.
 */
final class Silence {
  private static final long IDLE_NANOS = 120_000_000_000L;

  private static final long KEEP_ALIVE_NANOS = 100_000_000_000L;

  private Silence() {}

  /** A second has passed. */
  static void tick(Peer peer, BlockBudget memory, long now) {
    long stalledNanos = peer.outbox().stalledNanos(now);
    long mostNanos = memory.isNearlyUsedUp() ? Standing.STALL_NANOS : IDLE_NANOS;
    if (peer.silentNanos(now) > IDLE_NANOS || stalledNanos > mostNanos) {
      peer.close();
    } else if (now - peer.outbox().lastSentNanos() > KEEP_ALIVE_NANOS) {
      peer.outbox().send(new Message.KeepAlive());
    }
  }
}
