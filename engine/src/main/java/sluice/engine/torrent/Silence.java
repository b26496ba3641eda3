package sluice.engine.torrent;

import sluice.engine.peer.Peer;
import sluice.protocol.wire.Message;

/** Ends connections that nothing comes from, and keeps those up that we say nothing on. */
final class Silence {
  private static final long IDLE_NANOS = 120_000_000_000L;
  private static final long KEEP_ALIVE_NANOS = 100_000_000_000L;

  private Silence() {}

  /** A second has passed. */
  static void tick(Peer peer, long now) {
    if (peer.silentNanos(now) > IDLE_NANOS) {
      peer.close();
    } else if (now - peer.outbox().lastSentNanos() > KEEP_ALIVE_NANOS) {
      peer.outbox().send(new Message.KeepAlive());
    }
  }
}
