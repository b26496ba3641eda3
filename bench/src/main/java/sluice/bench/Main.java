package sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The program {@code bench/run}: {@code ROOT ROUNDS MIB PLAIN|RC4|UTP [CONTENDER...]}. */
public final class Main {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int HASH_ROUNDS = 3;
  private static final int PIECE_BYTES = 1 << 20;

  private Main() {}

  /** Measures every pair and prints the tables. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath();
    int rounds = Integer.parseInt(args[1]);
    long bytes = Long.parseLong(args[2]) << 20;
    Carrier carrier = Carrier.valueOf(args[3].toUpperCase(Locale.ROOT));
    List<Contender> contenders =
        args.length > 4
            ? Arrays.stream(args).skip(4).map(Contender::valueOf).toList()
            : List.of(Contender.values());
    if (MEMORY.toFile().getUsableSpace() < 3 * bytes) {
      throw new IOException(MEMORY + " has no room for " + 3 * bytes + " bytes");
    }
    HashSpeed hashSpeed;
    Report report = new Report(bytes);
    Map<Pair, List<Transfer>> all;
    try (Stage stage = Stage.set(root, MEMORY, bytes, PIECE_BYTES, carrier)) {
      hashSpeed = HashSpeed.measure(stage.content(), HASH_ROUNDS);
      all = measure(stage, rounds, contenders);
    }
    all.forEach((pair, transfers) -> report.transfers(pair.from(), pair.to(), transfers));
    for (Contender who : contenders) {
      List<Transfer> own = new ArrayList<>();
      all.forEach((pair, transfers) -> {
        if (pair.from() == who) {
          own.addAll(transfers);
        }
      });
      report.check(who, own, hashSpeed);
    }
    System.out.println(hardware() + "\n");
    System.out.print(report);
  }

  /**
   * Rounds in turn, so that a slow minute of the machine hits every pair. A transfer before them is
   * not counted: memory that a virtual machine uses for the first time is slow.
   */
  private static Map<Pair, List<Transfer>> measure(
      Stage stage, int rounds, List<Contender> contenders) {
    Map<Pair, List<Transfer>> all = new LinkedHashMap<>();
    Transfer first = Transfer.run(contenders.getFirst(), contenders.getLast(), stage);
    System.err.printf("not counted: %s%n", first);
    for (int round = 1; round <= rounds; round++) {
      for (Contender from : contenders) {
        for (Contender to : contenders) {
          Transfer transfer = Transfer.run(from, to, stage);
          System.err.printf("round %d, %s to %s: %s%n", round, from, to, transfer);
          all.computeIfAbsent(new Pair(from, to), p -> new ArrayList<>()).add(transfer);
        }
      }
    }
    return all;
  }

  /** The machine, in one line. */
  static String hardware() throws IOException {
    String model =
        Files.readString(Path.of("/proc/cpuinfo"))
            .lines()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
    return "%d cores, %s; Linux %s; Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model,
            System.getProperty("os.version"),
            Runtime.version());
  }

  private record Pair(Contender from, Contender to) {}
}
