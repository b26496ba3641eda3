package sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The program {@code bench/tracker}: {@code ROOT ROUNDS SECONDS PEERS SWARMS}. The server has the
 * first processor, the load the second one.
 */
public final class TrackerMain {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String PORT = "27969";
  private static final int START_MILLIS = 2_000;

  /** Requests of each of 16 addresses under way; opentracker's usual receive buffer holds these. */
  private static final String SMALL_WINDOW = "8";

  private static final String LARGE_WINDOW = "32";
  private static final String FILLING = "UDP, filling, 64 under way";
  private static final String HTTP_CONNECTIONS = "64";

  private final Path root;
  private final Path folder;
  private final String seconds;
  private final String peers;
  private final String swarms;
  private final List<Figure> figures = new ArrayList<>();
  private int logs;

  private TrackerMain(Path folder, String[] args) {
    this.root = Path.of(args[0]).toAbsolutePath().normalize();
    this.folder = folder;
    this.seconds = args[2];
    this.peers = args[3];
    this.swarms = args[4];
  }

  /** Measures all servers in turn, in each round, and prints the table and what it says. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(MEMORY, "sluice-tracker");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      TrackerMain bench = new TrackerMain(folder, args);
      bench.list();
      System.out.println(Main.hardware() + "\n");
      System.out.println(Figure.HEAD);
      for (int round = 0; round < Integer.parseInt(args[1]); round++) {
        bench.round();
      }
      String shared = new TrackerCluster(bench).run();
      System.out.println("\n" + shared);
      System.out.println("\n" + TrackerVerdict.of(bench.figures));
    } finally {
      Stage.remove(folder);
    }
  }

  private void round() throws InterruptedException {
    udp("echo", "echo");
    udp("opentracker", "self");
    udp("sluice", "announce");
    http("echo", "close");
    http("opentracker", "close");
    http("sluice", "close");
    // Debian's opentracker closes every connection after its answer.
    http("echo", "keep");
    http("sluice", "keep");
  }

  /** The torrents that opentracker serves. */
  private void list() throws IOException {
    Path file = folder.resolve("torrents");
    try (Subject maker =
        Subject.start("hashes", java("", List.of(), "Hashes", file.toString(), swarms), log())) {
      maker.awaitSuccess();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void udp(String server, String mode) throws InterruptedException {
    String windows = SMALL_WINDOW + "," + LARGE_WINDOW;
    Pauses pauses = new Pauses(folder.resolve("pauses" + logs++));
    List<String> command =
        server.equals("echo")
            ? java("0", List.of(pauses.option()), "Echo", PORT)
            : command(server, pauses);
    List<String> names = new ArrayList<>();
    if (!server.equals("echo")) {
      names.add(FILLING);
    }
    for (String window : windows.split(",", -1)) {
      names.add("UDP, " + 16 * Integer.parseInt(window) + " under way");
    }
    measure(server, command, pauses, udpLoad(PORT, mode, windows), names);
  }

  private void http(String server, String mode) throws InterruptedException {
    Pauses pauses = new Pauses(folder.resolve("pauses" + logs++));
    boolean echo = server.equals("echo");
    List<String> command =
        echo
            ? java("0", List.of(pauses.option()), "HttpEcho", PORT, mode)
            : command(server, pauses);
    String how = echo ? "echo-" + mode : mode;
    measure(
        server,
        command,
        pauses,
        java("1", List.of(), "HttpLoad", PORT, peers, swarms, seconds, how, HTTP_CONNECTIONS),
        List.of("HTTP, " + (mode.equals("keep") ? "kept" : "closed")));
  }

  private void measure(
      String server, List<String> command, Pauses pauses, List<String> load, List<String> names)
      throws InterruptedException {
    try (Subject serving = Subject.start(server, command, log())) {
      if (server.equals("opentracker")) {
        Thread.sleep(START_MILLIS);
      } else {
        serving.await("up");
      }
      try (Subject loading = Subject.start("load", load, log())) {
        for (String name : names) {
          loading.await("measuring");
          double before = serving.usage().cpuSeconds();
          pauses.begin();
          Subject.Event result = loading.await("measured");
          Usage after = serving.usage();
          Usage used = new Usage(after.cpuSeconds() - before, after.peakMib());
          add(server, name, result, used, pauses.longestMillis());
        }
      }
    }
  }

  /** Keeps and prints a figure. */
  void add(String server, String name, Subject.Event result, Usage used, double pauseMillis) {
    Figure figure =
        new Figure(
            server,
            name,
            result.number("per_second"),
            (long) result.number("wrong"),
            (long) result.number("lost"),
            result.number("p50_us"),
            result.number("p99_us"),
            used.cpuSeconds() * 1e6 / result.number("answers"),
            result.number("cpu_percent"),
            used.peakMib(),
            result.number("gap_us") / 1e3,
            pauseMillis,
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    figures.add(figure);
    System.out.println(figure.row());
  }

  /** The load of a whole world on trackers at these ports. */
  List<String> udpLoad(String ports, String mode, String windows) {
    return java("1", List.of(), "UdpLoad", ports, peers, swarms, seconds, mode, windows);
  }

  int peers() {
    return Integer.parseInt(peers);
  }

  private List<String> command(String server, Pauses pauses) {
    if (server.equals("sluice")) {
      return java("0", List.of(pauses.option()), "Server", PORT);
    }
    List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", "opentracker"));
    command.addAll(List.of("-i", "127.0.0.1", "-p", PORT, "-P", PORT));
    command.addAll(List.of("-d", folder.toString(), "-w", "torrents"));
    return command;
  }

  /** One of the programs among the tracker's tests, on one processor unless that is empty. */
  List<String> java(String processor, List<String> options, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    if (!processor.isEmpty()) {
      command.addAll(List.of("taskset", "-c", processor));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            // As the launcher has it for "sluice tracker".
            name.equals("Server") ? "-XX:+UseZGC" : "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", classes(), "sluice.tracker.load." + name));
    command.addAll(List.of(arguments));
    return command;
  }

  private String classes() {
    return System.getProperty(
        "sluice.classes",
        root.resolve("tracker/target/test-classes") + ":" + root + "/cli/target/dist/lib/*");
  }

  Path log() {
    return folder.resolve("errors.log");
  }
}
