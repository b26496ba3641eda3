package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the program ends when it is told to, how it goes on after it was not, and its exit codes. */
final class StopIT {
  private static final long LENGTH = 48L << 20;
  private static final int PIECE_BYTES = 256 << 10;

  @TempDir Path work;

  @ParameterizedTest(name = "SIG{0} ends with {1}")
  @CsvSource({"TERM, 143", "INT, 130"})
  void signalsStopCleanly(String signal, int code) {
    try (Scene scene = Scene.ofFile(work, LENGTH, PIECE_BYTES, Found.BY_HTTP)) {
      Peer seed = scene.seed(Program.SLUICE);
      assertThat(scene.announced()).isEqualTo(1);
      send(signal, seed.process());
      assertThat(seed.process().awaitExit(Patience.STEP)).as("%s", seed.process()).isEqualTo(code);
      assertThat(scene.announced()).as("peers that the tracker still knows").isZero();
      assertOnlyJson(seed.process());
    }
  }

  @Test
  void stoppedDownloadGoesOn() {
    interruptedDownload("TERM", 143);
  }

  @Test
  void killedDownloadGoesOn() {
    interruptedDownload("KILL", 137);
  }

  @Test
  void completeDownloadEndsAtOnce() {
    try (Scene scene = Scene.ofFile(work, LENGTH, PIECE_BYTES, Found.BY_NAME);
        RealProcess get = get(scene, scene.source(), List.of())) {
      assertThat(get.awaitExit(Patience.STEP)).as("%s", get).isZero();
      assertThat(get.output()).anyMatch(l -> Json.isEvent(l, "complete"));
      assertOnlyJson(get);
    }
  }

  private void interruptedDownload(String signal, int code) {
    try (Scene scene = Scene.ofFile(work, LENGTH, PIECE_BYTES, Found.BY_NAME)) {
      Peer seed = scene.seed(Program.LIBTORRENT);
      Path target = scene.folder("target");
      String address = "127.0.0.1:" + seed.port();
      try (RealProcess first = get(scene, target, List.of("--peer", address, "--down", "8M"))) {
        first.awaitLine("progress", Patience.STEP, l -> downloaded(l) > LENGTH / 4);
        send(signal, first);
        assertThat(first.awaitExit(Patience.STEP)).as("%s", first).isEqualTo(code);
      }
      try (RealProcess second = get(scene, target, List.of("--peer", address))) {
        String checked = second.awaitLine("check", Patience.STEP, l -> Json.isEvent(l, "checked"));
        assertThat(Json.number(checked, "have")).isGreaterThanOrEqualTo(LENGTH / PIECE_BYTES / 8);
        assertThat(second.awaitExit(Patience.STEP)).as("%s", second).isZero();
      }
      seed.close();
      String sent = seed.process().output().getLast();
      assertThat(Json.number(sent, "uploaded")).as("of both runs").isLessThan(LENGTH * 1.2);
      scene.assertSame(target, Program.SLUICE);
    }
  }

  private RealProcess get(Scene scene, Path target, List<String> more) {
    List<String> arguments =
        new ArrayList<>(List.of("get", scene.torrent().toString(), "--dir", target.toString()));
    arguments.addAll(List.of("--json", "--no-tracker", "--bind", "127.0.0.1", "--port", "0"));
    arguments.addAll(more);
    return Sluice.run(work, arguments);
  }

  private static double downloaded(String line) {
    return Json.isEvent(line, "progress") ? Json.number(line, "downloaded") : 0;
  }

  private static void send(String signal, RealProcess process) {
    List<String> command = List.of("kill", "-" + signal, Long.toString(process.pid()));
    try (RealProcess kill = RealProcess.start("kill", Path.of("").toAbsolutePath(), command)) {
      assertThat(kill.awaitExit(Patience.STEP)).as("%s", kill).isZero();
    }
  }

  private static void assertOnlyJson(RealProcess process) {
    assertThat(process.output()).isNotEmpty().allMatch(l -> l.startsWith("{") && l.endsWith("}"));
    assertThat(process.errors()).noneMatch(l -> l.startsWith("\tat "));
  }
}
