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

  /**
   * A peer that we choke cannot show by asking for more that it reads; with one that reads half a
   * kilobyte a second the system takes nothing for up to 200 s.
   */
  private static final long CHOKED_NANOS = 300_000_000_000L;

  private static final long KEEP_ALIVE_NANOS = 100_000_000_000L;

  private Silence() {}

  /** A second has passed. */
  static void tick(Peer peer, BlockBudget memory, long now) {
    long stalledNanos = peer.outbox().stalledNanos(now);
    if (peer.silentNanos(now) > IDLE_NANOS || stalledNanos > mostNanos(peer, memory)) {
      peer.close();
    } else if (now - peer.outbox().lastSentNanos() > KEEP_ALIVE_NANOS) {
      peer.outbox().send(new Message.KeepAlive());
    }
  }

  private static long mostNanos(Peer peer, BlockBudget memory) {
    if (memory.isNearlyUsedUp()) {
      return Standing.STALL_NANOS;
    }
    return peer.chokedByUs() ? CHOKED_NANOS : IDLE_NANOS;
  }
}
