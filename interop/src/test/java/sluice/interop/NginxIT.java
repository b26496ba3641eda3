package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A web server as the source, alone and beside a peer (BEP 19). */
@Order(6)
final class NginxIT {
  private static final int PIECE_BYTES = 65_536;

  @TempDir Path work;

  @ParameterizedTest
  @EnumSource
  void downloadsFromNginxAlone(Shape shape) {
    try (Nginx nginx = Nginx.start(work, work.resolve("source"), "");
        Scene scene = Scene.ofWeb(work, shape, nginx.url("/"))) {
      Path target = scene.folder("target");
      assertCompletes(scene, scene.getByWeb(target), target);
      assertThat(nginx.asked()).isNotEmpty().allMatch(a -> a.status() == 206);
      long connections = nginx.asked().stream().map(Nginx.Asked::connection).distinct().count();
      assertThat(connections).as("connections, used again").isLessThanOrEqualTo(4);
    }
  }

  @Test
  void followsRedirects() {
    String moved = "rewrite ^/moved/(.*)$ /$1 redirect;";
    try (Nginx nginx = Nginx.start(work, work.resolve("source"), moved);
        Scene scene = Scene.of(work, Shape.MULTI_V1, Found.BY_NAME)) {
      Path target = scene.folder("target");
      assertCompletes(scene, scene.getByWeb(target, nginx.url("/moved/")), target);
      assertThat(nginx.asked()).extracting(Nginx.Asked::status).contains(302, 206);
      assertThat(nginx.asked())
          .filteredOn(a -> a.status() == 302)
          .extracting(Nginx.Asked::path)
          .as("a redirect is remembered for each file")
          .hasSizeLessThanOrEqualTo(2 * Content.hashes(target).size());
    }
  }

  @Test
  void comesAgainToBusyServer() throws IOException {
    Path busy = Files.createFile(work.resolve("busy"));
    String refusal =
        """
        add_header Retry-After 1 always;
        if (-f "{work}/busy") { return 503; }
        """;
    try (Nginx nginx = Nginx.start(work, work.resolve("source"), refusal);
        Scene scene = Scene.of(work, Shape.MULTI_V1, Found.BY_NAME)) {
      Path target = scene.folder("target");
      Peer sluice = scene.getByWeb(target, nginx.url("/"));
      awaitWarning(sluice, "the server answers 503");
      Files.delete(busy);
      assertCompletes(scene, sluice, target);
    }
  }

  @Test
  void leavesFileOfWrongSizeToPeers() throws IOException {
    try (Nginx nginx = Nginx.start(work, work.resolve("false"), "");
        Scene scene = Scene.of(work, Shape.MULTI_V1, Found.BY_NAME)) {
      Shape.MULTI_V1.content(work.resolve("false"));
      Files.write(work.resolve("false/many files/b/block"), new byte[1], StandardOpenOption.APPEND);
      Path target = scene.folder("target");
      Peer sluice = scene.getByWeb(target, nginx.url("/"));
      awaitWarning(sluice, "b/block has 16385 bytes there, not 16384");
      String line =
          sluice
              .process()
              .awaitLine(
                  "the rest", Patience.STEP, l -> total(l) > 0 && left(l) <= 2 * PIECE_BYTES);
      assertThat(left(line)).isPositive();
      Peer seed = scene.seed(Program.LIBTORRENT, sluice);
      assertCompletes(scene, sluice, target);
      assertThat(uploaded(seed)).isBetween(1.0, 2.0 * PIECE_BYTES);
    }
  }

  @Test
  void leavesServerOfFalseBytes() throws IOException {
    try (Nginx nginx = Nginx.start(work, work.resolve("false"), "");
        Scene scene = Scene.of(work, Shape.MULTI_V1, Found.BY_NAME)) {
      Shape.MULTI_V1.content(work.resolve("false"));
      flip(work.resolve("false/many files/a.bin"), 1_000_000);
      Path target = scene.folder("target");
      Peer sluice = scene.getByWeb(target, nginx.url("/"));
      awaitWarning(sluice, "is not used any more");
      scene.seed(Program.LIBTORRENT, sluice);
      assertCompletes(scene, sluice, target);
    }
  }

  @Test
  void downloadsFromServerAndPeerTogether() {
    long length = 32L << 20;
    try (Nginx nginx = Nginx.start(work, work.resolve("source"), "limit_rate 1m;");
        Scene scene = Scene.ofFile(work, length, PIECE_BYTES, Found.BY_NAME)) {
      Path target = scene.folder("target");
      Peer sluice = scene.getByWeb(target, nginx.url("/"));
      sluice.process().awaitLine("bytes", Patience.STEP, l -> total(l) > 0 && left(l) < total(l));
      Peer seed = scene.seed(Program.LIBTORRENT, sluice);
      assertCompletes(scene, sluice, target);
      double web = nginx.asked().stream().mapToLong(Nginx.Asked::sent).sum();
      assertThat(web).as("bytes of the server").isPositive();
      assertThat(uploaded(seed)).as("bytes of the peer").isPositive();
    }
  }

  private static void assertCompletes(Scene scene, Peer sluice, Path target) {
    sluice.awaitComplete();
    RealProcess process = sluice.process();
    assertThat(process.awaitExit(Patience.STEP)).as("%s", process).isZero();
    scene.assertSame(target, Program.SLUICE);
  }

  private static void awaitWarning(Peer sluice, String text) {
    sluice.process().awaitError(text, Patience.STEP, l -> l.contains(text));
  }

  private static double total(String line) {
    return Json.isEvent(line, "progress") ? Json.number(line, "total") : 0;
  }

  private static double left(String line) {
    return total(line) - Json.number(line, "downloaded");
  }

  /** What {@code seed}, which is closed by this, has sent. */
  private static double uploaded(Peer seed) {
    seed.close();
    List<String> lines = seed.process().output();
    return Json.number(lines.getLast(), "uploaded");
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }
}
