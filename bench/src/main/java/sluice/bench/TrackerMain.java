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
 * first processor, the load the second one. Without rounds, ours alone is filled and measured.
 */
public final class TrackerMain {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** Requests of each address under way; opentracker's usual receive buffer holds these of 16. */
  private static final String SMALL_WINDOW = "8";

  private static final String LARGE_WINDOW = "32";
  private static final String FILLING = "UDP, filling, 64 under way";
  private static final String HTTP_CONNECTIONS = "64";

  private final TrackerPrograms programs;
  private final String seconds;
  private final String peers;
  private final String swarms;
  private final List<Figure> figures = new ArrayList<>();

  /** What our tracker told of itself after the last load. */
  private String held = "";

  private TrackerMain(TrackerPrograms programs, String[] args) {
    this.programs = programs;
    this.seconds = args[2];
    this.peers = args[3];
    this.swarms = args[4];
  }

  /** Measures all servers in turn, in each round, and prints the table and what it says. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(MEMORY, "sluice-tracker");
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path root = Path.of(args[0]).toAbsolutePath().normalize();
      TrackerMain bench = new TrackerMain(new TrackerPrograms(root, folder), args);
      System.out.println(Main.hardware() + "\n");
      System.out.println(Figure.HEAD);
      int rounds = Integer.parseInt(args[1]);
      if (rounds == 0) {
        bench.alone();
        return;
      }
      bench.list(folder.resolve("torrents"));
      for (int round = 0; round < rounds; round++) {
        bench.round();
      }
      String shared = new TrackerCluster(bench, bench.programs).run();
      System.out.println("\n" + shared);
      System.out.println("\n" + TrackerVerdict.of(bench.figures));
    } finally {
      Stage.remove(folder);
    }
  }

  private void alone() throws IOException, InterruptedException {
    udp("sluice", "announce");
    System.out.println("\n" + TrackerVerdict.ofLarge(figures, peers(), held));
  }

  private void round() throws IOException, InterruptedException {
    // What is compared is measured next to each other.
    udp("opentracker", "self");
    udp("sluice", "announce");
    udp("echo", "echo");
    http("opentracker", "close");
    http("sluice", "close");
    http("echo", "close");
    // Debian's opentracker closes every connection after its answer.
    http("sluice", "keep");
    http("echo", "keep");
  }

  /** The torrents that opentracker serves. */
  private void list(Path file) throws IOException {
    List<String> command = programs.java("", List.of(), "Hashes", List.of(file.toString(), swarms));
    try (Subject maker = Subject.start("hashes", command, programs.log())) {
      maker.awaitSuccess();
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void udp(String server, String mode) throws IOException, InterruptedException {
    Pauses pauses = programs.pauses();
    List<String> command =
        server.equals("echo") ? programs.echo("Echo", pauses) : command(server, pauses);
    List<String> names = new ArrayList<>();
    if (!server.equals("echo")) {
      names.add(FILLING);
    }
    for (String window : List.of(SMALL_WINDOW, LARGE_WINDOW)) {
      names.add("UDP, " + 16 * Integer.parseInt(window) + " under way");
    }
    String windows = SMALL_WINDOW + "," + LARGE_WINDOW;
    measure(server, command, pauses, udpLoad("" + TrackerPrograms.PORT, mode, windows), names);
  }

  private void http(String server, String mode) throws IOException, InterruptedException {
    Pauses pauses = programs.pauses();
    boolean echo = server.equals("echo");
    List<String> command = echo ? programs.echo("HttpEcho", pauses, mode) : command(server, pauses);
    String how = echo ? "echo-" + mode : mode;
    measure(
        server,
        command,
        pauses,
        programs.load(
            "HttpLoad", "" + TrackerPrograms.PORT, peers, swarms, seconds, how, HTTP_CONNECTIONS),
        List.of("HTTP, " + (mode.equals("keep") ? "kept" : "closed")));
  }

  private void measure(
      String server, List<String> command, Pauses pauses, List<String> load, List<String> names)
      throws IOException, InterruptedException {
    try (Subject serving = Subject.start(server, command, programs.log())) {
      if (server.equals("echo")) {
        serving.await("up");
      } else {
        TrackerPrograms.awaitListening(TrackerPrograms.PORT);
      }
      try (Subject loading = Subject.start("load", load, programs.log())) {
        for (String name : names) {
          loading.await("measuring");
          double before = serving.usage().cpuSeconds();
          pauses.begin();
          Subject.Event result = loading.await("measured");
          Usage after = serving.usage();
          Usage used = new Usage(after.cpuSeconds() - before, after.peakMib());
          add(server, name, result, used, pauses.longestMillis());
        }
        held = server.equals("sluice") ? TrackerTalk.metrics(TrackerPrograms.PORT) : "";
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
    return programs.load("UdpLoad", ports, peers, swarms, seconds, mode, windows);
  }

  int peers() {
    return Integer.parseInt(peers);
  }

  private List<String> command(String server, Pauses pauses) {
    return server.equals("sluice")
        ? programs.sluice(TrackerPrograms.PORT, pauses, "")
        : programs.opentracker();
  }
}
