package sluice.ledger.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sluice.ledger.TestDatabases;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/**
 * Redemptions and vouchers a second; started by bench/ledger only. {@code sluice.bench.seconds} is
 * the length of each measurement, {@code sluice.bench.report} the file for the table.
 */
@EnabledIfSystemProperty(named = "sluice.bench.report", matches = ".+")
class LedgerBench {
  private static final String ASSET = "test:coins";
  private static final int CHANNELS = 64;
  private static final int HALF_WINDOW_BYTES = 1 << 19;
  private static final int ROUND_SECONDS = 600;
  private static final long SECONDS = Integer.getInteger("sluice.bench.seconds", 10);
  private static final Path REPORT =
      Path.of(System.getProperty("sluice.bench.report", "target/bench-ledger.md"));

  private final StringBuilder report = new StringBuilder();

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  @Test
  void measure() throws Exception {
    report.append(
        String.format(
            Locale.ROOT,
            "%s, %d processors, load %s%n%n",
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            load()));
    report.append("| what | clients | a second | p50 ms | p99 ms | carries |\n");
    report.append("|---|---:|---:|---:|---:|---|\n");
    vouchers();
    for (Dialect dialect : Dialect.values()) {
      for (int clients : new int[] {1, 16}) {
        redemptions(dialect, clients);
      }
    }
    report.append("\nload at the end ").append(load()).append('\n');
    Files.writeString(REPORT, report, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String load() throws IOException {
    Path file = Path.of("/proc/loadavg");
    return Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "?";
  }

  /** Each voucher pays half a window, and each payee redeems every ten minutes. */
  private static String carries(String what, double perSecond) {
    return what.startsWith("voucher")
        ? String.format(Locale.ROOT, "%.1f MB/s of data", perSecond * HALF_WINDOW_BYTES / 1e6)
        : String.format(Locale.ROOT, "%.0f peers that sell", perSecond * ROUND_SECONDS);
  }

  private void row(String what, int clients, long count, long nanos, long[] times) {
    Arrays.sort(times);
    double perSecond = count * 1e9 / nanos;
    report.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.0f | %.2f | %.2f | %s |%n",
            what,
            clients,
            perSecond,
            times[times.length / 2] / 1e6,
            times[(int) (times.length * 0.99)] / 1e6,
            carries(what, perSecond)));
  }

  /** Signing and checking on one thread. */
  private void vouchers() {
    PayKey key = key(3);
    Hash channel = Keccak.of(new byte[] {1});
    var domain = HubConfig.of(1, key(99), Set.of(ASSET)).domain();
    List<PaySignature> signatures = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    for (int part = 0; part < 2; part++) { // the first one warms up
      signatures.clear();
      times.clear();
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
        long before = System.nanoTime();
        signatures.add(key.sign(new Voucher(channel, signatures.size()).digest(domain)));
        times.add(System.nanoTime() - before);
      }
      if (part == 1) {
        row("voucher signed", 1, times.size(), System.nanoTime() - start, array(times));
      }
    }
    times.clear();
    long start = System.nanoTime();
    for (int i = 0;
        i < signatures.size() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS);
        i++) {
      long before = System.nanoTime();
      assertThat(signatures.get(i).isBy(key.address(), new Voucher(channel, i).digest(domain)))
          .isTrue();
      times.add(System.nanoTime() - before);
    }
    row("voucher verified", 1, times.size(), System.nanoTime() - start, array(times));
  }

  private static long[] array(List<Long> times) {
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  /** Clients that redeem one voucher after the other, each a transaction of its own. */
  private void redemptions(Dialect dialect, int clients) throws Exception {
    try (Database database = Database.open(TestDatabases.durable(dialect), dialect);
        ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), () -> 1_000);
      List<Hash> channels = open(hub);
      for (int part = 0; part < 2; part++) {
        long base = part * 1_000_000_000L;
        long start = System.nanoTime();
        List<Future<List<Long>>> running = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
          int number = client;
          running.add(threads.submit(() -> redeem(hub, channels, number, clients, base, start)));
        }
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> future : running) {
          times.addAll(future.get());
        }
        if (part == 1) {
          String what = "redemption, " + dialect.name().toLowerCase(Locale.ROOT);
          row(what, clients, times.size(), System.nanoTime() - start, array(times));
        }
      }
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private static List<Hash> open(Hub hub) {
    PayAddress payer = key(1).address();
    PayAddress payee = key(2).address();
    return hub.transact(desk -> {
      desk.register(payer);
      desk.register(payee);
      desk.payUnder(payee, payee);
      desk.deposit(payer, ASSET, Long.MAX_VALUE / 2, "tx");
      List<Hash> channels = new ArrayList<>();
      for (int i = 0; i < CHANNELS; i++) {
        PayAddress payerKey = key(1_000 + i).address();
        assertThat(desk.open(payer, payerKey, payee, ASSET, 10_000_000_000L, 100_000))
            .isInstanceOf(Outcome.Done.class);
        channels.add(desk.channelOf(payerKey));
      }
      return channels;
    });
  }

  private static List<Long> redeem(
      Hub hub, List<Hash> channels, int client, int clients, long base, long start) {
    List<Long> times = new ArrayList<>();
    long amount = base;
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
      amount++;
      for (int i = client; i < channels.size(); i += clients) {
        Voucher voucher = new Voucher(channels.get(i), amount);
        long before = System.nanoTime();
        assertThat(hub.<Outcome<Long>>transact(desk -> desk.redeem(voucher)))
            .isEqualTo(new Outcome.Done<>(voucher.cumulative()));
        times.add(System.nanoTime() - before);
      }
    }
    return times;
  }
}
