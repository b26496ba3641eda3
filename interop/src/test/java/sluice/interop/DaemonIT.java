package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon as a process of its own: apps' packages speak to it, people use its page in Chromium
 * while a torrent comes, and it is asked how it does and stopped. It is started once.
 */
final class DaemonIT {
  private static final String BROWSER = "chromium-headless-shell";

  /** A browser that shares two processors with others takes its time. */
  private static final Duration SCRIPT = Duration.ofMinutes(5);

  @TempDir Path work;

  @Test
  void asAppsAndPeopleUseIt() throws IOException {
    Path scripts = NodeModules.folder();
    Program.need(BROWSER, Program.isOnPath(BROWSER));
    Path source = Files.createDirectories(work.resolve("source"));
    Files.copy(
        Sluice.root().resolve("interop/src/test/resources/page/clip.webm"),
        source.resolve("clip.webm"));
    Path torrent = work.resolve("clip.torrent");
    command("create", source.resolve("clip.webm").toString(), "-o", torrent.toString());
    Path state = work.resolve("state");
    try (RealProcess daemon =
            Sluice.run(work, List.of("daemon", "--config", config(), "--state", state.toString()));
        RealProcess seed = seed(torrent, source)) {
      String url = after(daemon, "page ");
      String link = after(daemon, "log in once, within 15 minutes: ");
      apps(scripts, url, key(state), torrent);
      String listening = seed.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
      String port = Long.toString((long) Json.number(listening, "port"));
      page(scripts, link, torrent, "127.0.0.1:" + port);
      assertThat(command("status", "--state", state.toString()))
          .anyMatch(line -> line.startsWith("1 torrents"));
      command("stop", "--state", state.toString());
      assertThat(daemon.awaitExit(Patience.STEP)).isZero();
      assertThat(state.resolve("control")).doesNotExist();
    }
  }

  private static Path shots() throws IOException {
    return Files.createDirectories(Sluice.root().resolve("interop/target/page"));
  }

  private String config() throws IOException {
    Path config = work.resolve("config.toml");
    Files.writeString(
        config,
        "downloads = \""
            + Files.createDirectories(work.resolve("downloads"))
            + "\"\n[network]\nport = 0\nbind = \"127.0.0.1\"\ndht = false\nlsd = false\n"
            + "[web]\nport = 0\n");
    return config.toString();
  }

  private RealProcess seed(Path torrent, Path source) {
    return Sluice.run(
        work,
        List.of(
            "seed",
            torrent.toString(),
            "--dir",
            source.toString(),
            "--json",
            "--up",
            "8000",
            "--bind",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dht",
            "--no-lsd"));
  }

  private static String after(RealProcess process, String words) {
    return process
        .awaitLine(words, Patience.STEP, line -> line.startsWith(words))
        .substring(words.length());
  }

  private static String key(Path state) throws IOException {
    return Files.readAllLines(state.resolve("control")).stream()
        .filter(line -> line.startsWith("key="))
        .findFirst()
        .orElseThrow()
        .substring("key=".length());
  }

  private List<String> command(String... words) {
    try (RealProcess process = Sluice.run(work, List.of(words))) {
      assertThat(process.awaitExit(Patience.STEP)).as(process.toString()).isZero();
      return process.output();
    }
  }

  private static List<String> node(Path scripts, String... words) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(words));
    try (RealProcess node = RealProcess.start(words[0], scripts, command)) {
      assertThat(node.awaitExit(SCRIPT)).as(node.toString()).isZero();
      return node.output();
    }
  }

  private static void apps(Path scripts, String url, String key, Path torrent) {
    List<String> told = node(scripts, "clients.js", url, key, torrent.toString());
    assertThat(told)
        .anyMatch(line -> line.contains("\"event\":\"qbittorrent\",\"done\":34,\"failed\":[]"))
        .anyMatch(line -> line.contains("\"event\":\"transmission\",\"done\":14,\"failed\":[]"));
  }

  /** Screenshots stay in the folder of the build, for people to look at. */
  private static void page(Path scripts, String link, Path torrent, String peer)
      throws IOException {
    Path shots = shots();
    List<String> told = node(scripts, "page.js", link, torrent.toString(), peer, shots.toString());
    for (String event :
        List.of("in", "added", "priority", "playing", "complete", "renamed", "wallet", "end")) {
      assertThat(told).as(event).anyMatch(line -> Json.isEvent(line, event));
    }
    assertThat(told).filteredOn(line -> Json.isEvent(line, "axe")).hasSize(6);
    assertThat(told)
        .filteredOn(line -> Json.isEvent(line, "axe"))
        .allMatch(line -> line.contains("\"serious\":[]"));
    assertThat(told).anyMatch(line -> line.contains("\"problems\":[]"));
    assertThat(told)
        .filteredOn(line -> Json.isEvent(line, "playing"))
        .noneMatch(line -> line.contains("\"progress\":1}"));
    for (String shot : List.of("light", "dark", "phone")) {
      assertThat(shots.resolve(shot + ".png")).isNotEmptyFile();
    }
  }
}
