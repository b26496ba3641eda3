package sluice.interop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** This program, started from what the build has put together. */
final class Sluice implements Peer {
  private final RealProcess process;
  private final boolean seed;

  private Sluice(RealProcess process, boolean seed) {
    this.process = process;
    this.seed = seed;
  }

  static Sluice start(Job job) {
    List<String> arguments = new ArrayList<>(List.of(job.seed() ? "seed" : "get", job.torrent()));
    arguments.addAll(List.of("--dir", job.data().toString(), "--json"));
    arguments.addAll(List.of("--bind", job.host(), "--port", "0"));
    if (!job.tracker()) {
      arguments.add("--no-tracker");
    }
    arguments.addAll(List.of("--encryption", job.cipher().policy()));
    arguments.add(job.utp() ? "--no-tcp" : "--no-utp");
    arguments.add("--no-lsd");
    if (job.downBytesPerSecond() > 0) {
      arguments.addAll(List.of("--down", Integer.toString(job.downBytesPerSecond())));
    }
    if (job.dht().isPresent()) {
      arguments.addAll(List.of("--dht-node", job.dht().get().toString()));
    } else {
      arguments.add("--no-dht");
    }
    job.peers().forEach(peer -> arguments.addAll(List.of("--peer", peer)));
    job.webSeeds().forEach(url -> arguments.addAll(List.of("--web-seed", url)));
    return new Sluice(run(job.work(), arguments), job.seed());
  }

  /** Starts the program with any {@code arguments}, as users do. */
  static RealProcess run(Path folder, List<String> arguments) {
    return RealProcess.start("sluice " + arguments.getFirst(), folder, command(arguments));
  }

  /** How it is started with all of {@code arguments}. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  static List<String> command(List<String>... arguments) {
    return command(Arrays.stream(arguments).flatMap(List::stream).toList());
  }

  private static List<String> command(List<String> arguments) {
    Rehearsed.await();
    return launched(arguments);
  }

  private static List<String> launched(List<String> arguments) {
    Path built = root().resolve("cli/target/dist/stamp");
    if (!Files.exists(built)) {
      throw new AssertionError("not built: " + built + " is missing; run `mvn package` first");
    }
    // The launcher becomes the program; by its class cache a start takes half the time.
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "SLUICE_JAVA_HOME=" + System.getProperty("java.home"),
                root().resolve("sluice").toString()));
    command.addAll(arguments);
    return command;
  }

  /**
   * The launcher makes the class caches of the client and of the daemon at their first use, which
   * takes more than a minute while other tests run: it is over before any of them counts seconds.
   */
  private static final class Rehearsed {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static {
      for (String part : List.of("create", "daemon")) {
        try (RealProcess help =
            RealProcess.start("sluice " + part, root(), launched(List.of(part, "--help")))) {
          if (help.awaitExit(PATIENCE) != 0) {
            throw new AssertionError(help.toString());
          }
        }
      }
    }

    static void await() {
      // The class is initialised.
    }
  }

  /** The root folder of the repository. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not started inside the repository");
      }
    }
    return folder;
  }

  @Override
  public int port() {
    String line = process.awaitLine("port", Patience.STEP, l -> Json.isEvent(l, "listening"));
    return (int) Json.number(line, "port");
  }

  @Override
  public void awaitReady() {
    port();
    process.awaitLine("check", Patience.STEP, l -> Json.isEvent(l, "checked"));
    if (seed) {
      process.awaitLine("seeding", Patience.STEP, l -> Json.isEvent(l, "seeding"));
    }
  }

  @Override
  public void awaitComplete() {
    process.awaitLine("completion", Patience.STEP, l -> Json.isEvent(l, "complete"));
  }

  @Override
  public RealProcess process() {
    return process;
  }
}
