package sluice.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.client.AddOptions;
import sluice.client.Client;
import sluice.client.ClientConfig;
import sluice.daemon.config.DoorSettings;
import sluice.daemon.config.NoticeSettings;
import sluice.daemon.web.PemFiles;
import sluice.engine.session.EngineConfig;
import sluice.protocol.address.Endpoint;
import sluice.testkit.SelfSigned;

/** The real {@code transmission-remote} and the daemon, with a seed in the swarm. */
class TransmissionRemoteTest {
  private static final Path PROGRAM = Path.of("/usr/bin/transmission-remote");
  private static final int SIZE = 2_000_000;
  private static final Pattern OPTION = Pattern.compile("^(?=.{6}--) (-\\w+)? +--[\\w-]+");

  @TempDir Path temp;

  /** All words that the program was called with. */
  private final Set<String> used = new HashSet<>();

  @BeforeEach
  void needTheProgram() {
    assumeTrue(Files.isExecutable(PROGRAM), "transmission-remote is not installed");
  }

  @Test
  void everyCommandDoesWhatItSays() throws Exception {
    byte[] torrent = TestDaemon.torrent(temp.resolve("source"), "film.mkv", SIZE);
    Path file = Files.write(temp.resolve("film.torrent"), torrent);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (TestDaemon daemon = new TestDaemon(temp.resolve("daemon"));
        Client seed =
            Client.open(ClientConfig.of(EngineConfig.defaults(List.of(new Endpoint(here, 0)))))) {
      var given = seed.add(torrent, AddOptions.into(temp.resolve("source")));
      given.awaitCompletion();
      assertThat(remote(daemon, "-w", daemon.folder + "/more/films", "-a", file.toString()))
          .contains("success");
      given
          .offer(List.of(new Endpoint(here, daemon.daemon.peerPort())))
          .toCompletableFuture()
          .join();
      TestDaemon.await("complete", () -> remote(daemon, "-l").contains("100%"));
      assertThat(remote(daemon, "-t", "1", "-i"))
          .contains("Name: film.mkv", "Percent Done: 100%", "Total size: 2.00 MB");
      assertThat(remote(daemon, "-t1", "-f")).contains("film.mkv (1 files)", "100% Normal");
      assertThat(remote(daemon, "-t1", "-pi")).contains("Address", "Client");
      assertThat(daemon.folder.resolve("more/films/film.mkv"))
          .hasBinaryContent(Files.readAllBytes(temp.resolve("source/film.mkv")));

      changes(daemon);
      moves(daemon);

      session(daemon);
      assertThat(remote(daemon, "-a", temp.resolve("none").toString())).contains("rror");
      assertThat(remote(daemon, "-t1", "-rad")).contains("success");
      assertThat(remote(daemon, "-l")).doesNotContain("film.mkv");
      assertThat(daemon.folder.resolve("downloads/film.mkv")).doesNotExist();
      success(daemon, "--start-paused", "-a", file.toString());
      assertThat(remote(daemon, "-l")).contains("Stopped", "film.mkv");
      success(daemon, "-tall", "-r");
      assertThat(remote(daemon, "-l")).doesNotContain("film.mkv");
      otherDoors(daemon);
      success(daemon, "--exit");
      daemon.daemon.awaitEnd();
    }
    overTls();
    assertThat(options()).as("options").hasSizeGreaterThan(80);
    assertThat(options()).as("options that were not used").allMatch(this::isUsed);
  }

  /**
   * The key by the environment and by a file; what the program sends, and what it says of itself.
   */
  private void otherDoors(TestDaemon daemon) throws IOException {
    String place = daemon.uri("").getAuthority();
    String pair = "anybody:" + daemon.key;
    assertThat(run(Map.of("TR_AUTH", pair), place, "-ne", "-si")).contains("RPC version: 17");
    assertThat(run(Map.of("TR_AUTH", "anybody:x"), place, "-ne", "-si")).contains("401");
    Path netrc =
        Files.writeString(
            temp.resolve("netrc"), "machine 127.0.0.1 login anybody password " + daemon.key + "\n");
    assertThat(run(Map.of(), place, "-N", netrc.toString(), "-si")).contains("RPC version: 17");
    assertThat(run(Map.of("TR_AUTH", pair), place, "-b", "-ne", "-si"))
        .contains("session-get", "RPC version: 17");
    assertThat(run(Map.of(), "-V")).contains("transmission-remote 3.");
  }

  private void overTls() throws Exception {
    SelfSigned made = SelfSigned.local(temp);
    DoorSettings door =
        new DoorSettings(Optional.of(new PemFiles(made.certificate(), made.key())), List.of());
    try (TestDaemon daemon =
        new TestDaemon(
            temp.resolve("tls"),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            NoticeSettings.NOBODY,
            door)) {
      assertThat(remote(daemon, "--ssl", "-si")).contains("RPC version: 17");
    }
  }

  /** The options that the program says it has, each with all of its names. */
  private List<Set<String>> options() {
    return run(Map.of(), "--help")
        .lines()
        .map(OPTION::matcher)
        .filter(Matcher::find)
        .map(found -> Stream.of(found.group().trim().split(" +")).collect(Collectors.toSet()))
        .toList();
  }

  private boolean isUsed(Set<String> names) {
    return names.stream().anyMatch(used::contains);
  }

  private void changes(TestDaemon daemon) {
    success(daemon, "-t1", "-d", "100", "-u", "200");
    assertThat(remote(daemon, "-t1", "-i"))
        .contains("Download Limit: 100 kB/s", "Upload Limit: 200 kB/s");
    success(daemon, "-t1", "-D", "-U");
    success(daemon, "-t1", "-sr", "1.5");
    assertThat(remote(daemon, "-t1", "-i")).contains("Ratio Limit: 1.5");
    success(daemon, "-t1", "-L", "one,two");
    assertThat(remote(daemon, "-t1", "-i")).contains("Labels: one, two");
    success(daemon, "-t1", "-G", "0");
    assertThat(remote(daemon, "-t1", "-f")).contains(" No ");
    success(daemon, "-t1", "-g", "all", "-ph", "0");
    assertThat(remote(daemon, "-t1", "-f")).contains("High");
    success(daemon, "-t1", "-pl", "0");
    assertThat(remote(daemon, "-t1", "-if")).contains("Low");
    success(daemon, "-t1", "-pn", "0");
    assertThat(remote(daemon, "-t1", "--files")).contains("Normal");
    assertThat(remote(daemon, "-t1", "-ic")).contains("11111111");
    assertThat(remote(daemon, "-t1", "--info-peers")).contains("Address");
    torrentLimits(daemon);
    trackers(daemon);
    success(daemon, "-t1", "-S");
    assertThat(remote(daemon, "-t1", "-l")).contains("Stopped");
    success(daemon, "-t1", "-s");
    success(daemon, "-t1", "-v");
    success(daemon, "-t1", "--reannounce");
    success(daemon, "-as", "-asd", "10", "-asu", "20");
    assertThat(remote(daemon, "-si")).contains("10 kB/s", "20 kB/s");
    success(daemon, "-AS");
    success(daemon, "-d", "300");
    assertThat(remote(daemon, "-si")).contains("Download speed limit: 300 kB/s");
    success(daemon, "-D");
    assertThat(remote(daemon, "-pt")).contains("Port is open: Yes");
  }

  private void torrentLimits(TestDaemon daemon) {
    success(daemon, "-t1", "-SR");
    assertThat(remote(daemon, "-t1", "-i")).contains("Ratio Limit: Unlimited");
    success(daemon, "-t1", "-srd");
    assertThat(remote(daemon, "-t1", "-i")).contains("Ratio Limit: Default");
    success(daemon, "-t1", "-pr", "7");
    for (String priority : List.of("-Bh", "-Bl", "-Bn", "-hl", "-HL")) {
      success(daemon, "-t1", priority);
    }
  }

  private void trackers(TestDaemon daemon) {
    success(daemon, "-t1", "-td", "http://127.0.0.1:1/announce");
    String shown = remote(daemon, "-t1", "-it");
    assertThat(shown).contains("Tracker 0:", "127.0.0.1:1");
    success(daemon, "-t1", "-tr", "0");
    assertThat(remote(daemon, "-t1", "-it")).doesNotContain("127.0.0.1:1");
  }

  /** All settings that the program can change; ours are shown as they were set. */
  private void session(TestDaemon daemon) {
    assertThat(remote(daemon, "-si")).contains("RPC version: 17");
    assertThat(remote(daemon, "-st")).contains("CURRENT SESSION", "TOTAL");
    success(daemon, "-gsr", "2.5");
    assertThat(remote(daemon, "-si")).contains("Default seed ratio limit: 2.5");
    success(daemon, "-GSR");
    assertThat(remote(daemon, "-si")).contains("Default seed ratio limit: Unlimited");
    success(daemon, "-pr", "321");
    assertThat(remote(daemon, "-si")).contains("Peer limit: 321");
    success(daemon, "-w", daemon.folder + "/more");
    assertThat(remote(daemon, "-si")).contains("Download directory: " + daemon.folder + "/more");
    success(daemon, "-w", daemon.folder + "/downloads");
    success(daemon, "-u", "400");
    assertThat(remote(daemon, "-si")).contains("Upload speed limit: 400 kB/s");
    success(daemon, "-U");
    for (String words :
        List.of(
            "-asc",
            "-ASC",
            "--alt-speed-time-begin 0830",
            "--alt-speed-time-end 1700",
            "--alt-speed-days 1-5",
            "-c " + daemon.folder + "/more",
            "-C",
            "-e 8",
            "-er",
            "-et",
            "-ep",
            "-m",
            "-M",
            "-O",
            "-o",
            "-p 6881",
            "-P",
            "-X",
            "-x",
            "-Y",
            "-y",
            "--no-utp",
            "--utp",
            "--trash-torrent",
            "--no-trash-torrent",
            "--torrent-done-script /bin/true",
            "--no-torrent-done-script",
            "--no-start-paused")) {
      success(daemon, words.split(" "));
    }
    assertThat(remote(daemon, "--blocklist-update")).contains("no address of a blocklist is set");
  }

  private void moves(TestDaemon daemon) throws InterruptedException {
    success(daemon, "-t1", "--move", daemon.folder + "/downloads");
    assertThat(daemon.folder.resolve("downloads/film.mkv")).exists();
    assertThat(remote(daemon, "-t1", "--move", "/etc")).doesNotContain("success");
    Path other = daemon.folder.resolve("more/brought");
    assertThat(remote(daemon, "-t1", "--find", other.toString())).doesNotContain("success");
    bring(daemon.folder.resolve("downloads/film.mkv"), other.resolve("film.mkv"));
    success(daemon, "-t1", "--find", other.toString());
    TestDaemon.await("found", () -> remote(daemon, "-t1", "-i").contains("Percent Done: 100%"));
    assertThat(remote(daemon, "-t1", "-i")).contains("Location: " + other);
    success(daemon, "-t1", "--move", daemon.folder + "/downloads/again");
  }

  private static void bring(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void success(TestDaemon daemon, String... words) {
    assertThat(remote(daemon, words)).as(String.join(" ", words)).contains("success");
  }

  private String remote(TestDaemon daemon, String... words) {
    List<String> all = new ArrayList<>();
    all.add(daemon.uri("").getAuthority());
    all.addAll(List.of("-n", "anybody:" + daemon.key));
    all.addAll(List.of(words));
    return run(Map.of(), all.toArray(String[]::new));
  }

  private String run(Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>();
    command.add(PROGRAM.toString());
    command.addAll(List.of(words));
    used.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
