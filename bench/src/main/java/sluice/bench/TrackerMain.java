package sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The program {@code bench/tracker}: {@code ROOT ROUNDS SECONDS PEERS SWARMS}. The server has the
 * first processor, the load the second one.
 */
public final class TrackerMain {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PORT = "27969";
  private static final int START_MILLIS = 3_000;

  /** opentracker's receive buffer is the system's usual one, which more would fill. */
  private static final String SMALL_WINDOW = "8";

  private static final String LARGE_WINDOW = "32";
  private static final String HTTP_CONNECTIONS = "64";

  private final Path root;
  private final Path folder;
  private final String seconds;
  private final String peers;
  private final String swarms;

  private TrackerMain(Path folder, String[] args) {
    this.root = Path.of(args[0]).toAbsolutePath().normalize();
    this.folder = folder;
    this.seconds = args[2];
    this.peers = args[3];
    this.swarms = args[4];
  }

  /** Measures all servers in turn, in each round, and prints the table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(MEMORY, "sluice-tracker");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      TrackerMain bench = new TrackerMain(folder, args);
      bench.list();
      System.out.println(Main.hardware() + "\n");
      System.out.println(
          "| server | load | answers/s | wrong | lost | p50, µs | p99, µs | server's CPU, µs each |"
              + " peak, MiB | machine's load |");
      System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
      for (int round = 0; round < Integer.parseInt(args[1]); round++) {
        bench.udp("echo", "echo", LARGE_WINDOW);
        for (String window : List.of(SMALL_WINDOW, LARGE_WINDOW)) {
          bench.udp("opentracker", "self", window);
          bench.udp("sluice", "announce", window);
        }
        for (String mode : List.of("keep", "close")) {
          bench.http("opentracker", mode);
          bench.http("sluice", mode);
        }
      }
    } finally {
      Stage.remove(folder);
    }
  }

  /** The torrents that opentracker serves. */
  private void list() throws IOException {
    Path file = folder.resolve("torrents");
    try (Subject maker =
        Subject.start("hashes", java("", "Hashes", file.toString(), swarms), log())) {
      maker.awaitSuccess();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void udp(String server, String mode, String window) throws InterruptedException {
    measure(
        server,
        "UDP, " + 16 * Integer.parseInt(window) + " under way",
        java("1", "UdpLoad", PORT, peers, swarms, seconds, mode, window));
  }

  private void http(String server, String mode) throws InterruptedException {
    measure(
        server,
        "HTTP, " + (mode.equals("keep") ? "kept" : "closed"),
        java("1", "HttpLoad", PORT, peers, swarms, seconds, mode, HTTP_CONNECTIONS));
  }

  private void measure(String server, String name, List<String> load) throws InterruptedException {
    try (Subject serving = Subject.start(server, command(server), log())) {
      if (server.equals("opentracker")) {
        Thread.sleep(START_MILLIS);
      } else {
        serving.await("up");
      }
      try (Subject loading = Subject.start("load", load, log())) {
        loading.await("measuring");
        double before = serving.usage().cpuSeconds();
        Subject.Event result = loading.await("measured");
        Usage after = serving.usage();
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %,.0f | %.0f | %.0f | %.0f | %.0f | %.2f | %d | %.1f |%n",
            server,
            name,
            result.number("per_second"),
            result.number("wrong"),
            result.number("lost"),
            result.number("p50_us"),
            result.number("p99_us"),
            (after.cpuSeconds() - before) * 1e6 / result.number("answers"),
            after.peakMib(),
            java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                .getSystemLoadAverage());
      }
    }
  }

  private List<String> command(String server) {
    return switch (server) {
      case "echo" -> java("0", "Echo", PORT);
      case "sluice" -> java("0", "Server", PORT);
      case "opentracker" -> {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", "opentracker"));
        command.addAll(List.of("-i", "127.0.0.1", "-p", PORT, "-P", PORT));
        command.addAll(List.of("-d", folder.toString(), "-w", "torrents"));
        yield command;
      }
      default -> throw new IllegalArgumentException(server);
    };
  }

  /** One of the programs among the tracker's tests, on one processor unless that is empty. */
  private List<String> java(String processor, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (!processor.isEmpty()) {
      command.addAll(List.of("taskset", "-c", processor));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            root.resolve("tracker/target/test-classes") + ":" + root + "/cli/target/dist/lib/*",
            "sluice.tracker.load." + name));
    command.addAll(List.of(arguments));
    return command;
  }

  private Path log() {
    return folder.resolve("errors.log");
  }
}
