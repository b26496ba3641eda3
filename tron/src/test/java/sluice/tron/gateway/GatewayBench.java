package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/**
 * How fast a gateway starts and catches up, and how fast the JVM hashes before it and beside it;
 * started by bench/tron only. {@code sluice.bench.blocks} is the number of blocks, {@code
 * sluice.bench.report} the file for the table.
 */
@EnabledIfSystemProperty(named = "sluice.bench.report", matches = ".+")
class GatewayBench {
  private static final int BLOCKS = Integer.getInteger("sluice.bench.blocks", 10_000);
  private static final int HASHED = 1 << 20;
  private static final int ROUNDS = 400;
  private static final double NANOS = 1e9;
  private static final int DEPOSIT_EACH = 50;

  /** What is left of the noise of a machine when the best of many rounds is taken. */
  private static final double UNCHANGED = 0.93;

  private static final Path REPORT =
      Path.of(System.getProperty("sluice.bench.report", "target/bench-tron.md"));

  @TempDir Path folder;
  private final StringBuilder report = new StringBuilder();

  /** The best of many rounds, and who does it. */
  private record Speed(double mibPerSecond, String provider) {
    static Speed of(String algorithm) throws NoSuchAlgorithmException {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] data = new byte[HASHED];
      long best = Long.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        long begin = System.nanoTime();
        digest.update(data);
        best = Math.min(best, System.nanoTime() - begin);
      }
      return new Speed(NANOS / best, digest.getProvider().getName());
    }
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "?";
  }

  private void row(String what, String value) {
    report.append("| ").append(what).append(" | ").append(value).append(" |\n");
  }

  @Test
  void measure() throws Exception {
    report.append("load ").append(load()).append("\n\n");
    row("what", "measured");
    row("---", "---");
    Speed.of("SHA-1"); // warms up
    Speed.of("SHA-256");
    Speed sha1 = Speed.of("SHA-1");
    Speed sha256 = Speed.of("SHA-256");
    try (Town town = new Town(20)) {
      for (int i = 0; i < BLOCKS; i++) {
        if (i % DEPOSIT_EACH == 0) {
          town.send(Town.ANN, town.own.address(0), 1, 600_000);
        }
        town.chain.produce(1);
      }
      town.chain.produce(20);
      long begin = System.nanoTime();
      Database database =
          Database.open(
              Dialect.sqlite("jdbc:sqlite:" + folder.resolve("ledger.db")), Dialect.SQLITE);
      try (Town.Office office = new Town.Office(town, database, GatewayRules.OPEN)) {
        double started = (System.nanoTime() - begin) / NANOS;
        begin = System.nanoTime();
        office.work();
        double seconds = (System.nanoTime() - begin) / NANOS;
        long height = office.gateway.status().height();
        assertThat(height).isGreaterThanOrEqualTo(BLOCKS);
        row("start: database, connection, checks", String.format(Locale.ROOT, "%.2f s", started));
        row(
            "catch-up of %d blocks with %d deposits".formatted(height, office.available(Town.ANN)),
            String.format(Locale.ROOT, "%.2f s, %.0f blocks a second", seconds, height / seconds));
        hashing("SHA-1", sha1);
        hashing("SHA-256", sha256);
      }
    }
    report.append("\nload at the end ").append(load()).append('\n');
    Files.writeString(REPORT, report);
  }

  private void hashing(String algorithm, Speed before) throws NoSuchAlgorithmException {
    Speed with = Speed.of(algorithm);
    boolean same =
        with.provider().equals(before.provider())
            && with.mibPerSecond() >= UNCHANGED * before.mibPerSecond();
    row(
        algorithm + " before, and with the gateway open",
        String.format(
            Locale.ROOT,
            "%.0f by %s, %.0f by %s MiB/s: %s",
            before.mibPerSecond(),
            before.provider(),
            with.mibPerSecond(),
            with.provider(),
            same ? "unchanged" : "CHANGED"));
  }
}
