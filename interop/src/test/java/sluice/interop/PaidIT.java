package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.ledger.hub.Balance;
import sluice.market.sign.PayKey;

/**
 * A seeder with a slow uplink that sells, one downloader that pays, and three that do not,
 * libtorrent among them: who pays has all first, the others keep their share, and the books
 * balance.
 *
 * <p>All downloaders run before the seeder, which connects to them: so all of them want its bytes
 * in the time that is measured, from the first byte that is paid to the last. {@code sluice.repeat}
 * is how often all of it is done.
 */
@Order(6)
final class PaidIT {
  private static final long BYTES = 4 << 20;
  private static final long BUDGET = 20_000_000;
  private static final Pattern SERVED = Pattern.compile("served \\S+ ([0-9]+) of ([0-9]+) bytes");

  private static final Pattern PAID =
      Pattern.compile("in all: bids [0-9]+, awards ([0-9]+), paid ([0-9.]+)");
  private static final Pattern EARNED =
      Pattern.compile("in all: sales ([0-9]+), earned ([0-9.]+), unpaid 0$");

  @TempDir Path work;

  static IntStream times() {
    return IntStream.rangeClosed(1, Integer.getInteger("sluice.repeat", 1));
  }

  @ParameterizedTest
  @MethodSource("times")
  void whoPaysIsServedFirstAndTheBooksBalance(int time) throws Exception {
    try (Bazaar bazaar = Bazaar.open(work, BYTES)) {
      PayKey seller = bazaar.wallet("seller");
      PayKey payer = bazaar.wallet("payer");
      bazaar.grant(payer);
      Told told = swarm(bazaar);
      Balance has = bazaar.balance(payer);
      long earned = bazaar.balance(seller).availableMicros();
      assertThat(has.lockedMicros()).isZero();
      assertThat(earned).isPositive().isLessThanOrEqualTo(BUDGET);
      assertThat(Bazaar.FAUCET - has.availableMicros())
          .as("spent is earned, time %d", time)
          .isEqualTo(earned);
      assertThat(told.paidMicros()).as("what the payer said").isEqualTo(earned);
      assertThat(told.earnedMicros()).as("what the seller said").isEqualTo(earned);
      bazaar.audit();
    }
  }

  /** What payer and seller print at their end. */
  private record Told(long paidMicros, long earnedMicros) {}

  private static long sum(RealProcess program, Pattern pattern) {
    String line = program.awaitError("sums", Patience.STEP, l -> pattern.matcher(l).find());
    Matcher sums = pattern.matcher(line);
    assertThat(sums.find()).isTrue();
    assertThat(Integer.parseInt(sums.group(1))).as(line).isPositive();
    return Math.round(Double.parseDouble(sums.group(2)) * 1e6);
  }

  private Told swarm(Bazaar bazaar) {
    List<String> any = List.of("--port", "0");
    List<String> pays = new ArrayList<>(any);
    pays.addAll(List.of("--pay", "0.5", "--budget", "20"));
    pays.addAll(bazaar.trade("payer"));
    try (RealProcess one = bazaar.start("get", "free", any);
        Libtorrent two = libtorrent(bazaar, "lt1");
        Libtorrent three = libtorrent(bazaar, "lt2");
        RealProcess payer = bazaar.start("get", "payer", pays)) {
      List<RealProcess> others = List.of(one, two.process(), three.process());
      List<String> sells = new ArrayList<>(any);
      sells.addAll(List.of("--up", "1M", "--sell", "--floor", "0.1"));
      sells.addAll(bazaar.trade("seller"));
      for (RealProcess program : others) {
        sells.addAll(List.of("--peer", Bazaar.address(program)));
      }
      sells.addAll(List.of("--peer", Bazaar.address(payer)));
      try (RealProcess seed = bazaar.start("seed", "seed", sells)) {
        payer.awaitLine("completion", Patience.STEP, l -> Json.isEvent(l, "complete"));
        for (RealProcess other : others) {
          assertThat(other.output().stream().noneMatch(l -> Json.isEvent(l, "complete")))
              .as("not before the payer: %s%n%s%n%s", other, payer.errors(), seed.errors())
              .isTrue();
        }
        assertThat(payer.awaitExit(Patience.STEP)).as("%s", payer).isZero();
        shares(seed);
        Bazaar.stop(seed);
        assertThat(payer.errors()).anyMatch(l -> l.contains(" bid 0.1 a MiB to "));
        return new Told(sum(payer, PAID), sum(seed, EARNED));
      }
    }
  }

  private Libtorrent libtorrent(Bazaar bazaar, String folder) {
    Path torrent = bazaar.torrent();
    return Libtorrent.start(
        Job.of(work, torrent.toString(), work.resolve(folder), false).tracker(false));
  }

  private static void shares(RealProcess seed) {
    String served = seed.awaitError("sum", Patience.STEP, l -> SERVED.matcher(l).find());
    Matcher sums = SERVED.matcher(served);
    assertThat(sums.find()).isTrue();
    double free = 1 - Long.parseLong(sums.group(1)) / (double) Long.parseLong(sums.group(2));
    assertThat(free).as("free share: %s", served).isBetween(0.475, 0.6);
  }
}
