package sluice.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import sluice.engine.session.TorrentSnapshot;

/** Waits for what snapshots show: they are up to half a second old. */
final class Snapshots {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private Snapshots() {}

  /** The first one in which {@code torrent} has all pieces. */
  static TorrentSnapshot complete(TorrentHandle torrent) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    TorrentSnapshot now = torrent.snapshot().orElseThrow();
    while ((now.pieces() == 0 || now.havePieces() < now.pieces()) && System.nanoTime() - end < 0) {
      Thread.onSpinWait();
      now = torrent.snapshot().orElseThrow();
    }
    assertThat(now.havePieces()).isEqualTo(now.pieces());
    return now;
  }
}
