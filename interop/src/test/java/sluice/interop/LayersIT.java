package sluice.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Torrent files without piece layers: the hashes come from the other program (BEP 52). */
final class LayersIT {
  @TempDir Path work;

  @ParameterizedTest
  @CsvSource({
    "LIBTORRENT, SLUICE, MULTI_V2",
    "LIBTORRENT, SLUICE, SINGLE_V2",
    "LIBTORRENT, SLUICE, MULTI_HYBRID",
    "SLUICE, LIBTORRENT, MULTI_V2",
    "SLUICE, LIBTORRENT, SINGLE_HYBRID"
  })
  void layersComeFromTheOther(Program from, Program to, Shape shape) {
    try (Scene scene = Scene.of(work, shape, Found.BY_NAME)) {
      Path target = scene.folder("target");
      Peer leecher = scene.getWithoutLayers(to, target, scene.seed(from));
      leecher.awaitComplete();
      leecher.close();
      scene.assertSame(target, to);
    }
  }
}
