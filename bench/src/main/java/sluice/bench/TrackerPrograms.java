package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that measure trackers: servers, which have the first processor, and loads, which
 * have the second one.
 */
final class TrackerPrograms {
  static final int PORT = 27_969;

  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int LOOK_MILLIS = 20;

  private final Path root;
  private final Path folder;
  private int logs;

  TrackerPrograms(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Where all of them write what goes wrong. */
  Path log() {
    return folder.resolve("errors.log");
  }

  /** A log of pauses for one JVM. */
  Pauses pauses() {
    return new Pauses(folder.resolve("pauses" + logs++));
  }

  /** The least that a server in Java does. */
  List<String> echo(String name, Pauses pauses, String... arguments) {
    List<String> all = new ArrayList<>(List.of(Integer.toString(PORT)));
    all.addAll(List.of(arguments));
    return java("0", List.of(pauses.option()), name, all);
  }

  /** With the torrents of the file {@code torrents} in the folder. */
  List<String> opentracker() {
    return List.of(
        "taskset",
        "-c",
        "0",
        "opentracker",
        "-i",
        "127.0.0.1",
        "-p",
        "" + PORT,
        "-P",
        "" + PORT,
        "-d",
        folder.toString(),
        "-w",
        "torrents");
  }

  /**
   * Our tracker as its users start it.
   *
   * @param more lines of its configuration
   */
  List<String> sluice(int port, Pauses pauses, String more) {
    Path config = folder.resolve("tracker" + port + ".toml");
    String text =
        """
        udp = ["127.0.0.1:%d"]
        http = ["127.0.0.1:%d"]
        [rules]
        announces-per-second = 1000000
        address-per-second = 0
        """
            .formatted(port, port);
    try {
      Files.writeString(config, text + more);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        "taskset",
        "-c",
        "0",
        "env",
        "SLUICE_JAVA_OPTS=" + pauses.option(),
        System.getProperty("sluice.command", root.resolve("sluice").toString()),
        "tracker",
        "--config",
        config.toString());
  }

  /** One of the loads. */
  List<String> load(String name, String... arguments) {
    return java("1", List.of(), name, List.of(arguments));
  }

  /** One of the programs among the tracker's tests, on one processor unless that is empty. */
  List<String> java(String processor, List<String> options, String name, List<String> arguments) {
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
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", classes(), "sluice.tracker.load." + name));
    command.addAll(arguments);
    return command;
  }

  private String classes() {
    return System.getProperty(
        "sluice.classes",
        root.resolve("tracker/target/test-classes") + ":" + root + "/cli/target/dist/lib/*");
  }

  /** Waits until a server listens at {@code port}. */
  static void awaitListening(int port) throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(address);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }
}
