package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Exchanges by uTP (BEP 29) alone: our program uses no TCP, libtorrent neither; transmission cannot
 * be told, but is connected to.
 */
final class UtpIT {
  private static final long BYTES = 20 << 20;

  @TempDir Path work;

  @ParameterizedTest
  @EnumSource(names = {"SLUICE", "LIBTORRENT", "TRANSMISSION"})
  void weDownload(Program from) {
    try (Scene scene = Scene.ofFile(work, BYTES, 262_144, Found.BY_NAME).byUtp()) {
      Path target = scene.folder("target");
      Peer sluice = scene.get(Program.SLUICE, target, scene.seed(from));
      sluice.awaitComplete();
      assertThat(sluice.process().awaitExit(Patience.STEP)).as("%s", sluice.process()).isZero();
      scene.assertSame(target, Program.SLUICE);
    }
  }

  @Test
  void libtorrentDownloads() {
    try (Scene scene = Scene.ofFile(work, BYTES, 262_144, Found.BY_NAME).byUtp()) {
      Path target = scene.folder("target");
      Peer leech = scene.get(Program.LIBTORRENT, target, scene.seed(Program.SLUICE));
      leech.awaitComplete();
      leech.close();
      scene.assertSame(target, Program.LIBTORRENT);
    }
  }

  /** It does not connect to this machine, so we do. */
  @Test
  void transmissionDownloads() {
    try (Scene scene = Scene.ofFile(work, BYTES, 262_144, Found.BY_NAME).byUtp()) {
      Path target = scene.folder("target");
      Peer leech = scene.get(Program.TRANSMISSION, target);
      scene.seed(Program.SLUICE, leech);
      leech.awaitComplete();
      leech.close();
      scene.assertSame(target, Program.TRANSMISSION);
    }
  }
}
