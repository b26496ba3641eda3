package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Downloads by magnet links, which name a peer or a tracker: the info dictionary comes from the
 * other program (BEP 9), and of v2 the piece layers (BEP 52).
 */
@Order(2)
final class MagnetIT {
  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({
    "SLUICE, MULTI_HYBRID, BY_NAME",
    "LIBTORRENT, SINGLE_V1, BY_HTTP",
    "LIBTORRENT, MULTI_V1, BY_NAME",
    "LIBTORRENT, SINGLE_V2, BY_UDP",
    "LIBTORRENT, MULTI_V2, BY_NAME",
    "LIBTORRENT, SINGLE_HYBRID, BY_NAME",
    "LIBTORRENT, MULTI_HYBRID, BY_HTTP",
    "TRANSMISSION, SINGLE_V1, BY_NAME",
    "TRANSMISSION, MULTI_V1, BY_UDP",
    "ARIA2, SINGLE_V1, BY_NAME",
    "ARIA2, MULTI_V1, BY_HTTP"
  })
  void weDownload(Program from, Shape shape, Found found) {
    try (Scene scene = Scene.of(work, shape, found)) {
      Path target = scene.folder("target");
      Peer sluice = scene.getByMagnet(Program.SLUICE, target, scene.seed(from));
      sluice.awaitComplete();
      assertThat(sluice.process().awaitExit(Patience.STEP)).as("%s", sluice.process()).isZero();
      scene.assertSame(target, Program.SLUICE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LIBTORRENT, SINGLE_V1, BY_NAME",
    "LIBTORRENT, MULTI_V1, BY_UDP",
    "LIBTORRENT, SINGLE_V2, BY_NAME",
    "LIBTORRENT, MULTI_V2, BY_HTTP",
    "LIBTORRENT, SINGLE_HYBRID, BY_UDP",
    "LIBTORRENT, MULTI_HYBRID, BY_NAME",
    "ARIA2, SINGLE_V1, BY_HTTP",
    "ARIA2, MULTI_V1, BY_HTTP"
  })
  void othersDownload(Program to, Shape shape, Found found) {
    try (Scene scene = Scene.of(work, shape, found)) {
      Path target = scene.folder("target");
      Peer leecher = scene.getByMagnet(to, target, scene.seed(Program.SLUICE));
      leecher.awaitComplete();
      leecher.close();
      scene.assertSame(target, to);
    }
  }

  /** One case only: it waits ten seconds before it asks for the first block. */
  @Test
  void transmissionDownloadsWhenWeConnect() {
    try (Scene scene = Scene.of(work, Shape.SINGLE_V1, Found.BY_NAME)) {
      Path target = scene.folder("target");
      Peer transmission = scene.getByMagnet(Program.TRANSMISSION, target);
      scene.seed(Program.SLUICE, transmission);
      transmission.awaitComplete();
      transmission.close();
      scene.assertSame(target, Program.TRANSMISSION);
    }
  }
}
