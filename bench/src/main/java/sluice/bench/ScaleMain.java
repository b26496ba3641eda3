package sluice.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The program {@code bench/scale}: {@code ROOT COUNT OTHERS}. */
public final class ScaleMain {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final String HEAP = "-Xmx512m";
  private static final int IDLE_MILLIS = 30_000;

  /** After this all of a few thousand have been announced, and are closed if they can be. */
  private static final int SETTLE_MILLIS = 100_000;

  /** After this the compiler is through with what the start ran often. */
  private static final int COMPILED_MILLIS = 30_000;

  private final Path root;
  private final Path folder;

  private ScaleMain(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Measures all subjects one after the other and prints the table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int count = Integer.parseInt(args[1]);
    int others = Integer.parseInt(args[2]);
    Path folder = Files.createTempDirectory(MEMORY, "sluice-scale");
    try {
      ScaleMain scale = new ScaleMain(Path.of(args[0]).toAbsolutePath().normalize(), folder);
      scale.make("few", others);
      List<String> rows = new ArrayList<>(scale.sluice("few", others, Optional.empty()));
      rows.addAll(scale.announced("few", others));
      rows.add(scale.libtorrent(others));
      rows.add(scale.transmission(others));
      scale.make("many", count);
      rows.addAll(scale.sluice("many", count, Optional.empty()));
      System.out.println(Main.hardware() + "\n");
      System.out.println(
          "| program | torrents | listed, s | resident, MiB | idle CPU, % | end, s |");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      rows.forEach(System.out::println);
    } finally {
      Stage.remove(folder);
    }
  }

  private void make(String set, int count) {
    try (Subject maker = library("make", data(set), torrents(set), "" + count)) {
      maker.await("made");
    }
  }

  /** The same with a tracker on this machine that each of them names. */
  private List<String> announced(String set, int count) throws IOException, InterruptedException {
    String address;
    try (DatagramSocket free = new DatagramSocket(0)) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    List<String> command = java(distribution());
    command.addAll(List.of("sluice.cli.Main", "tracker", "--udp", address));
    try (Subject tracker = Subject.start("sluice tracker", command, log())) {
      List<String> rows = sluice(set, count, Optional.of("udp://" + address + "/announce"));
      tracker.terminate();
      return rows;
    }
  }

  /** Stopped torrents, the same when they are started, and those as they are found again. */
  private List<String> sluice(String set, int count, Optional<String> tracker)
      throws InterruptedException {
    String kind = tracker.isPresent() ? ", announced" : "";
    String state = folder.resolve(set + kind + "-state").toString();
    List<String> add = new ArrayList<>(List.of("add", state, data(set), "" + count, "0"));
    tracker.ifPresent(add::add);
    try (Subject adder = library(add.toArray(String[]::new))) {
      double seconds = adder.await("added").number("seconds");
      adder.await("closed");
      System.err.printf("%d torrents added in %.1f s%n", count, seconds);
    }
    List<String> rows = new ArrayList<>();
    try (Subject stopped = library("run", state, "rest")) {
      rows.add(idle("Sluice, stopped" + kind, count, stopped, COMPILED_MILLIS, "closed"));
    }
    try (Subject started = library("run", state, "start")) {
      double seconds = started.await("seeding").number("seconds");
      System.err.printf("%d torrents started and checked in %.1f s%n", count, seconds);
      started.terminate();
      started.await("closed");
    }
    try (Subject seeding = library("run", state, "rest")) {
      rows.add(idle("Sluice, seeding" + kind, count, seeding, SETTLE_MILLIS, "closed"));
    }
    return rows;
  }

  private String libtorrent(int count) throws InterruptedException {
    String resume = folder.resolve("resume").toString();
    try (Subject adder = python("add", resume)) {
      adder.await("added");
      adder.awaitSuccess();
    }
    try (Subject seeding = python("run", resume)) {
      return idle("libtorrent, seeding", count, seeding, SETTLE_MILLIS, "");
    }
  }

  private String transmission(int count) throws IOException, InterruptedException {
    Transmission transmission = Transmission.in(folder.resolve("transmission"), data("few"));
    try (Subject adder = transmission.start(log())) {
      transmission.awaitUp();
      transmission.add(Path.of(torrents("few")));
      transmission.awaitSeeding(count);
      adder.terminate();
      adder.awaitEnd();
    }
    long begin = System.nanoTime();
    try (Subject seeding = transmission.start(log())) {
      transmission.awaitListed(count);
      double listed = (System.nanoTime() - begin) / 1e9;
      transmission.awaitSeeding(count);
      return row("transmission, seeding", count, listed, seeding, SETTLE_MILLIS, "");
    }
  }

  private String idle(String name, int count, Subject subject, int settleMillis, String closed)
      throws InterruptedException {
    double listed = subject.await("listed").number("seconds");
    Subject.Event resting = subject.await("resting");
    if (!closed.isEmpty()) {
      System.err.printf(
          "%s: %.2f KiB of heap each%n", name, resting.number("heap_bytes") / 1024 / count);
    }
    return row(name, count, listed, subject, settleMillis, closed);
  }

  private static String row(
      String name, int count, double listed, Subject subject, int settleMillis, String closed)
      throws InterruptedException {
    Thread.sleep(settleMillis);
    double before = subject.usage().cpuSeconds();
    Thread.sleep(IDLE_MILLIS);
    Usage after = subject.usage();
    double percent = (after.cpuSeconds() - before) * 100_000 / IDLE_MILLIS;
    long begin = System.nanoTime();
    subject.terminate();
    if (!closed.isEmpty()) {
      subject.await(closed);
    }
    subject.awaitEnd();
    double end = (System.nanoTime() - begin) / 1e9;
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %,d | %.2f | %d | %.1f | %.2f |",
            name,
            count,
            listed,
            after.peakMib(),
            percent,
            end);
    System.err.println(row);
    return row;
  }

  private Subject library(String... arguments) {
    List<String> command = java(root.resolve("client/target/test-classes") + ":" + distribution());
    command.add("sluice.client.scale.ManyTorrents");
    command.addAll(List.of(arguments));
    return Subject.start("sluice " + arguments[0], command, log());
  }

  private String distribution() {
    return root + "/cli/target/dist/lib/*";
  }

  private static List<String> java(String classPath) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath));
  }

  private Subject python(String what, String resume) {
    String script = root.resolve("bench/src/main/python/lt_many.py").toString();
    List<String> command =
        List.of("/usr/bin/python3", script, what, data("few"), torrents("few"), resume);
    return Subject.start("libtorrent " + what, command, log());
  }

  private String data(String set) {
    return folder.resolve(set + "-data").toString();
  }

  private String torrents(String set) {
    return folder.resolve(set + "-torrents").toString();
  }

  private Path log() {
    return folder.resolve("errors.log");
  }
}
