package sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The program {@code bench/swarm}: {@code ROOT ROUNDS MIB BYTES_PER_SECOND LEECHERS}. How soon
 * leechers have what one limited seed has; each program with its own kind.
 */
public final class SwarmMain {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final int PIECE_BYTES = 256 << 10;

  private SwarmMain() {}

  /** Measures both programs in turn and prints a table. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toAbsolutePath();
    int rounds = Integer.parseInt(args[1]);
    long bytes = Long.parseLong(args[2]) << 20;
    long rate = Long.parseLong(args[3]);
    int leechers = Integer.parseInt(args[4]);
    if (MEMORY.toFile().getUsableSpace() < (leechers + 1) * bytes) {
      throw new IOException(MEMORY + " has no room for " + (leechers + 1) * bytes + " bytes");
    }
    Map<Contender, List<Spread>> all = new LinkedHashMap<>();
    try (Stage stage = Stage.set(root, MEMORY, bytes, PIECE_BYTES, Carrier.PLAIN)) {
      for (int round = 1; round <= rounds; round++) {
        for (Contender who : Contender.values()) {
          Spread spread = Spread.run(who, stage, leechers, rate);
          System.err.printf("round %d, %s: %s%n", round, who, spread);
          all.computeIfAbsent(who, w -> new ArrayList<>()).add(spread);
        }
      }
    }
    double unit = (double) bytes / rate;
    System.out.println(Main.hardware() + "\n");
    System.out.printf(
        Locale.ROOT, "One seed with %d B/s, %d leechers, %d bytes.%n%n", rate, leechers, bytes);
    System.out.println(
        "| program | last leecher, s | x size/rate | worst | first | copies sent | CPU s |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|");
    all.forEach((who, spreads) ->
        System.out.printf(
            Locale.ROOT,
            "| %s | %.2f | %.3f | %.3f | %.3f | %.3f | %.1f |%n",
            who,
            median(spreads, Spread::lastSeconds),
            median(spreads, Spread::lastSeconds) / unit,
            spreads.stream().mapToDouble(Spread::lastSeconds).max().orElseThrow() / unit,
            median(spreads, Spread::firstSeconds) / unit,
            median(spreads, Spread::uploadedBytes) / bytes,
            median(spreads, Spread::cpuSeconds)));
  }

  private static double median(List<Spread> spreads, ToDoubleFunction<Spread> figure) {
    List<Spread> sorted = spreads.stream().sorted(Comparator.comparingDouble(figure)).toList();
    return figure.applyAsDouble(sorted.get(sorted.size() / 2));
  }
}
