package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** 1 GiB to and from several programs at once, which meet by the tracker. */
@Order(3)
final class LargeIT {
  private static final long LENGTH = 1L << 30;
  private static final int PIECE_BYTES = 1 << 20;
  private static final Path MEMORY = Path.of("/dev/shm");

  private Path work;

  @BeforeEach
  void makeFolder() throws IOException {
    boolean roomy = Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() > 6 * LENGTH;
    work =
        roomy
            ? Files.createTempDirectory(MEMORY, "sluice-interop")
            : Files.createTempDirectory("sluice-interop");
  }

  @AfterEach
  void removeFolder() throws IOException {
    try (Stream<Path> all = Files.walk(work)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void downloadsFromTransmissionAndLibtorrentTogether() {
    try (Scene scene = Scene.ofFile(work, LENGTH, PIECE_BYTES, Found.BY_HTTP)) {
      scene.seed(Program.TRANSMISSION);
      scene.seed(Program.LIBTORRENT);
      Path target = scene.folder("target");
      Peer sluice = scene.get(Program.SLUICE, target);
      sluice.awaitComplete();
      assertThat(sluice.process().awaitExit(Patience.STEP)).as("%s", sluice.process()).isZero();
      scene.assertSame(target, Program.SLUICE);
    }
  }

  @Test
  void uploadsToTransmissionAndLibtorrentTogether() {
    try (Scene scene = Scene.ofFile(work, LENGTH, PIECE_BYTES, Found.BY_UDP)) {
      Path toTransmission = scene.folder("transmission target");
      Path toLibtorrent = scene.folder("libtorrent target");
      Peer transmission = scene.get(Program.TRANSMISSION, toTransmission);
      scene.seed(Program.SLUICE);
      Peer libtorrent = scene.get(Program.LIBTORRENT, toLibtorrent);
      for (Peer leecher : List.of(transmission, libtorrent)) {
        leecher.awaitComplete();
      }
      scene.assertSame(toTransmission, Program.TRANSMISSION);
      scene.assertSame(toLibtorrent, Program.LIBTORRENT);
    }
  }
}
