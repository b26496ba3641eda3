package sluice.tron.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/**
 * Measures how fast a gateway catches up, and how fast the JVM hashes before it and beside it.
 * Arguments: the number of blocks.
 */
public final class GatewayBench {
  private static final int HASHED = 1 << 20;
  private static final int ROUNDS = 300;
  private static final double NANOS = 1e9;
  private static final int DEPOSIT_EACH = 50;

  private GatewayBench() {}

  public static void main(String[] args) throws Exception {
    int blocks = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    rate("SHA-1");
    rate("SHA-256");
    String before = rate("SHA-1") + ", " + rate("SHA-256");
    Path folder = Files.createTempDirectory("bench");
    try (Town town = new Town(20)) {
      for (int i = 0; i < blocks; i++) {
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
        System.out.printf(
            Locale.ROOT,
            "start %.2f s; %d blocks in %.2f s: %.0f blocks/s; credited %d%n",
            started,
            office.gateway.status().height(),
            seconds,
            office.gateway.status().height() / seconds,
            office.available(Town.ANN));
        System.out.println("before: " + before);
        System.out.println("with the gateway: " + rate("SHA-1") + ", " + rate("SHA-256"));
      }
    }
  }

  private static String rate(String algorithm) throws Exception {
    MessageDigest digest = MessageDigest.getInstance(algorithm);
    byte[] data = new byte[HASHED];
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      digest.update(data);
      best = Math.min(best, System.nanoTime() - begin);
    }
    return String.format(
        Locale.ROOT,
        "%s %.0f MiB/s by %s",
        algorithm,
        NANOS / best,
        digest.getProvider().getName());
  }
}
