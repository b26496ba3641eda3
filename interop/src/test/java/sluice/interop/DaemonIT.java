package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon as a process of its own: apps' packages speak to it, Transmission's web client and
 * then our page are used in Chromium while a torrent comes, from a seed that is paid by way of a
 * hub, and it is asked how it does and stopped.
 */
@Order(1)
final class DaemonIT {
  private static final String BROWSER = "chromium-headless-shell";
  private static final Path TRANSMISSION_PAGE = Path.of("/usr/share/transmission/web");

  /** A film of some seconds, and what is said in it. */
  private static final String FILM = "clip";

  private static final List<String> FILES = List.of("clip.webm", "clip.srt");

  /** A browser that shares two processors with others takes its time. */
  private static final Duration SCRIPT = Duration.ofMinutes(5);

  private static final List<String> PAGE_EVENTS =
      List.of(
          "in",
          "handler",
          "bid",
          "added",
          "priority",
          "flags",
          "player",
          "playing",
          "made",
          "feed",
          "keys",
          "magnet",
          "complete",
          "renamed",
          "wallet",
          "back",
          "door",
          "end");

  @TempDir Path work;

  @Test
  void asAppsAndPeopleUseIt() throws Exception {
    Path scripts = NodeModules.folder();
    Program.need(BROWSER, Program.isOnPath(BROWSER));
    Program.need("transmission-common", Files.isDirectory(TRANSMISSION_PAGE));
    Path source = work.resolve("source");
    Path film = Files.createDirectories(source.resolve(FILM));
    for (String file : FILES) {
      Files.copy(
          Sluice.root().resolve("interop/src/test/resources/page").resolve(file),
          film.resolve(file));
    }
    Path torrent = work.resolve("clip.torrent");
    command("create", film.toString(), "-o", torrent.toString());
    try (Bazaar bazaar = Bazaar.open(work, Bazaar.PIECE_BYTES)) {
      bazaar.wallet("seller");
      bazaar.grant(bazaar.wallet("payer"));
      inSwarm(scripts, bazaar, torrent, source);
    }
  }

  private void inSwarm(Path scripts, Bazaar bazaar, Path torrent, Path source) throws IOException {
    try (RealProcess seed = seed(bazaar, torrent, source)) {
      String listening = seed.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
      String peer = "127.0.0.1:" + (long) Json.number(listening, "port");
      othersPage(scripts, torrent, peer);
      // What was removed while it loaded need not have begun each file.
      for (String file : FILES) {
        Files.deleteIfExists(work.resolve("downloads").resolve(FILM).resolve(file));
      }
      ourPage(scripts, bazaar, torrent, peer);
    }
  }

  /** A daemon in the background with the page of Transmission's; it is stopped as people do it. */
  private void othersPage(Path scripts, Path torrent, String peer) throws IOException {
    Path state = work.resolve("state");
    String root = "root = \"" + TRANSMISSION_PAGE + "\"\n";
    List<String> said = command("start", "--config", config(root), "--state", state.toString());
    try {
      assertThat(said).anyMatch(line -> line.startsWith("log in once, within 15 minutes: "));
      String url =
          said.stream()
              .filter(line -> line.startsWith("page "))
              .findFirst()
              .orElseThrow()
              .substring("page ".length());
      apps(scripts, url, key(state), torrent);
      flood(scripts, url, key(state), torrent, work.resolve("downloads"));
      List<String> told =
          node(
              scripts,
              "transmission.js",
              url,
              key(state),
              torrent.toString(),
              peer,
              shots().toString());
      for (String event : List.of("added", "progress", "stopped", "started", "removed", "end")) {
        assertThat(told).as(event).anyMatch(line -> Json.isEvent(line, event));
      }
      assertThat(told).anyMatch(line -> line.contains("\"problems\":[]"));
      assertThat(command("status", "--state", state.toString()))
          .contains("page " + url)
          .anyMatch(line -> line.startsWith("0 torrents"));
    } finally {
      command("stop", "--state", state.toString());
    }
    assertThat(state.resolve("control")).doesNotExist();
  }

  /** The same state in the foreground, with our page. */
  private void ourPage(Path scripts, Bazaar bazaar, Path torrent, String peer) throws IOException {
    String state = work.resolve("state").toString();
    // The feed that it follows is on this machine.
    String terms = "fetch-private = true\n" + bazaar.settings("payer");
    try (RealProcess daemon =
        Sluice.run(work, List.of("daemon", "--config", config(terms), "--state", state))) {
      page(scripts, after(daemon, "log in once, within 15 minutes: "), torrent, peer);
      assertThat(command("list", "--state", state, "--only", "seeding"))
          .anyMatch(line -> line.contains("100%") && line.endsWith("A film"));
      command("stop", "--state", state);
      assertThat(daemon.awaitExit(Patience.STEP)).isZero();
    }
  }

  private static Path shots() throws IOException {
    return Files.createDirectories(Sluice.root().resolve("interop/target/page"));
  }

  private String config(String web) throws IOException {
    Path config = work.resolve("config.toml");
    Files.writeString(
        config,
        "downloads = \""
            + Files.createDirectories(work.resolve("downloads"))
            + "\"\n[network]\nport = 0\nbind = \"127.0.0.1\"\ndht = false\nlsd = false\n"
            + "[web]\nport = 0\n"
            + web);
    return config.toString();
  }

  /** One that sells its slots. */
  private RealProcess seed(Bazaar bazaar, Path torrent, Path source) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "seed",
                torrent.toString(),
                "--dir",
                source.toString(),
                "--json",
                "--bind",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dht",
                "--no-lsd",
                "--up",
                "8000",
                "--sell",
                "--floor",
                "0.1"));
    words.addAll(bazaar.trade("seller"));
    return Sluice.run(work, words);
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

  private static void flood(Path scripts, String url, String key, Path torrent, Path folder) {
    List<String> told = node(scripts, "flood.js", url, key, torrent.toString(), folder.toString());
    for (String dialect : List.of("qbittorrent", "transmission")) {
      String all = "\"event\":\"flood-" + dialect + "\",\"done\":13,\"failed\":[]";
      assertThat(told).as(dialect).anyMatch(line -> line.contains(all));
    }
  }

  /** Screenshots stay in the folder of the build, for people to look at. */
  private static void page(Path scripts, String link, Path torrent, String peer)
      throws IOException {
    Path shots = shots();
    List<String> told = node(scripts, "page.js", link, torrent.toString(), peer, shots.toString());
    for (String event : PAGE_EVENTS) {
      assertThat(told).as(event).anyMatch(line -> Json.isEvent(line, event));
    }
    assertThat(told).filteredOn(line -> Json.isEvent(line, "axe")).hasSizeGreaterThan(50);
    assertThat(told)
        .filteredOn(line -> Json.isEvent(line, "axe"))
        .allMatch(line -> line.contains("\"serious\":[]"));
    assertThat(told)
        .contains(
            "{\"event\":\"handler\",\"scheme\":\"magnet\",\"handler\":\"/#add=%s\",\"before\":0}",
            "{\"event\":\"player\",\"status\":206,\"said\":true}",
            "{\"event\":\"found\",\"right\":true}",
            "{\"event\":\"slash\",\"right\":true}",
            "{\"event\":\"set\",\"floor\":250000,\"limit\":true,\"category\":[true,1.5,true],"
                + "\"banned\":[\"192.0.2.9\",\"2001:db8::9\"]}",
            "{\"event\":\"selected\",\"right\":true}",
            "{\"event\":\"feed\",\"wanted\":[\"A made thing\"],\"category\":\"feeds\"}",
            "{\"event\":\"magnet\",\"taken\":true,\"address\":true}")
        .anyMatch(line -> line.contains("\"comment\":true}"));
    assertThat(told).anyMatch(line -> line.contains("\"problems\":[]"));
    assertThat(told)
        .filteredOn(line -> Json.isEvent(line, "playing"))
        .noneMatch(line -> line.contains("\"progress\":1}"));
    for (String shot : List.of("light", "dark", "phone")) {
      assertThat(shots.resolve(shot + ".png")).isNotEmptyFile();
    }
  }
}
