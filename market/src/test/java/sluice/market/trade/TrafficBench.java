package sluice.market.trade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The extension's own traffic, both ways and with its headers, for a minute of paid data in virtual
 * time; started by bench/ledger only. {@code sluice.bench.report} is the file for the table.
 */
@EnabledIfSystemProperty(named = "sluice.bench.report", matches = ".+")
class TrafficBench {
  private static final double LIMIT = 0.001;
  private static final Path REPORT =
      Path.of(System.getProperty("sluice.bench.report", "target/bench-market.md"));

  @Test
  void measure() throws IOException {
    StringBuilder table = new StringBuilder();
    table.append("| rate | data, MiB | extension, bytes for each MiB | share | limit 0.1 % |\n");
    table.append("|---:|---:|---:|---:|---|\n");
    for (int kibPerSecond : new int[] {100, 1_024, 10_240}) {
      for (boolean byBlock : new boolean[] {false, true}) {
        Pair pair = byBlock ? Pair.byBlock(Pair.FLOOR, 1L << 50) : Pair.of(Pair.FLOOR, 1L << 50);
        pair.bytesPerSecond = kibPerSecond * 1_024L;
        pair.run(60 * Pair.SECOND);
        double share = pair.extensionBytes / (double) pair.receivedBytes;
        table.append(
            String.format(
                Locale.ROOT,
                "| %d KiB/s%s | %.0f | %.0f | %.4f %% | %s |%n",
                kibPerSecond,
                byBlock ? ", blocks verified" : "",
                pair.receivedBytes / 1048576.0,
                share * (1 << 20),
                share * 100,
                share < LIMIT ? "holds" : "FAILS"));
      }
    }
    Files.writeString(
        REPORT, table.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
