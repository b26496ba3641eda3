package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seed, a hub that lets next to nothing through, and a leech that knows the hub only: it finishes
 * because the hub tells it of the seed (BEP 11).
 */
final class PeerExchangeIT {
  private static final long BYTES = 4 << 20;

  /** A hub at this rate takes minutes. */
  private static final int HUB_BYTES_PER_SECOND = 20_000;

  @TempDir Path work;

  @Test
  void weAreToldOfTheSeed() {
    try (Scene scene = Scene.ofFile(work, BYTES, 65_536, Found.BY_NAME)) {
      Peer seed = scene.seed(Program.LIBTORRENT);
      Peer hub =
          scene.getSlowly(Program.LIBTORRENT, scene.folder("hub"), HUB_BYTES_PER_SECOND, seed);
      Path target = scene.folder("target");
      Peer sluice = scene.get(Program.SLUICE, target, hub);
      sluice.awaitComplete();
      assertThat(sluice.process().awaitExit(Patience.STEP)).as("%s", sluice.process()).isZero();
      scene.assertSame(target, Program.SLUICE);
    }
  }

  @Test
  void weTellOfTheSeed() {
    try (Scene scene = Scene.ofFile(work, BYTES, 65_536, Found.BY_NAME)) {
      Peer seed = scene.seed(Program.LIBTORRENT);
      Peer hub = scene.getSlowly(Program.SLUICE, scene.folder("hub"), HUB_BYTES_PER_SECOND, seed);
      Path target = scene.folder("target");
      Peer leech = scene.get(Program.LIBTORRENT, target, hub);
      leech.awaitComplete();
      leech.close();
      scene.assertSame(target, Program.LIBTORRENT);
    }
  }
}
