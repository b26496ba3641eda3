package sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.ledger.hub.Balance;
import sluice.market.money.Price;
import sluice.market.sign.PayKey;

/**
 * A seller, a payer and their hub, each a process that is killed (SIGKILL) in the midst of a trade
 * and started again: the seller loses one window at the most, the payer one piece, and in the end
 * what was earned was spent. A payer that was killed goes on with the same seller at once. {@code
 * sluice.market.kills} is how often, {@code sluice.seed} makes the points of time, {@code
 * sluice.repeat} is how often all of it is done, each time at other points.
 */
final class KilledTradeIT {
  private static final int KILLS = Integer.getInteger("sluice.market.kills", 3);
  private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);

  /** More than is sent in any time that a start may take. */
  private static final long BYTES = 256 << 20;

  private static final long MOST_BETWEEN_MICROS = 500_000;
  private static final Price PRICE = new Price(500_000);
  private static final long WINDOW_MICROS = PRICE.due(1 << 20);
  private static final long PIECE_MICROS = PRICE.due(Bazaar.PIECE_BYTES);
  private static final Pattern UNPAID = Pattern.compile("no longer buys .*, unpaid ([0-9.]+)");

  @TempDir Path work;
  private Bazaar bazaar;
  private PayKey sellerKey;
  private RealProcess seller;
  private RealProcess payer;
  private String sellerAddress;

  static IntStream times() {
    return IntStream.rangeClosed(1, Integer.getInteger("sluice.repeat", 1));
  }

  @ParameterizedTest
  @MethodSource("times")
  void whoeverIsKilledTheLossIsSmall(int time) throws Exception {
    try (Bazaar open = Bazaar.open(work, BYTES)) {
      bazaar = open;
      sellerKey = bazaar.wallet("seller");
      PayKey payerKey = bazaar.wallet("payer");
      bazaar.grant(payerKey);
      startSeller(List.of());
      startPayer();
      payer.awaitError("award", Patience.STEP, l -> l.contains("awarded a slot"));
      trade(SEED + time - 1);
      Balance has = bazaar.balance(payerKey);
      long earned = bazaar.balance(sellerKey).availableMicros();
      long spent = Bazaar.FAUCET - has.availableMicros() - has.lockedMicros();
      assertThat(spent).as("spent is earned, seed %d", SEED + time - 1).isEqualTo(earned);
      assertThat(earned).isPositive();
      bazaar.audit();
    }
  }

  private void trade(long seed) throws Exception {
    try {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < KILLS; i++) {
        long begun = promised();
        long more = random.nextLong(MOST_BETWEEN_MICROS);
        await("a promise", this::promised, sum -> sum > begun + more);
        switch (i % 3) {
          case 0 -> killSeller();
          case 1 -> killHub();
          default -> killPayer();
        }
      }
      long begun = promised();
      await("a promise after the last kill", this::promised, sum -> sum > begun);
      Bazaar.stop(payer);
      Bazaar.stop(seller);
    } finally {
      payer.close();
      seller.close();
    }
  }

  private void startSeller(List<String> peers) {
    List<String> words = new ArrayList<>(peers);
    words.addAll(List.of("--port", "0", "--up", "1M", "--sell", "--floor", "0.5"));
    words.addAll(bazaar.trade("seller"));
    seller = bazaar.start("seed", "seed", words);
    sellerAddress = Bazaar.address(seller);
  }

  private void startPayer() {
    List<String> words = new ArrayList<>(List.of("--port", "0", "--peer", sellerAddress));
    words.addAll(List.of("--pay", "0.5", "--budget", "50"));
    words.addAll(bazaar.trade("payer"));
    payer = bazaar.start("get", "payer", words);
  }

  /** What is verified and on disk is worth all that it has promised, but for one piece. */
  private void killPayer() throws Exception {
    kill(payer);
    String lost = seller.awaitError("end", Patience.STEP, l -> l.contains("no longer serves"));
    assertThat(micros(lost, Pattern.compile("unpaid ([0-9.]+)")))
        .isLessThanOrEqualTo(WINDOW_MICROS);
    long promised = promised();
    startPayer();
    String checked = payer.awaitLine("check", Patience.STEP, l -> Json.isEvent(l, "checked"));
    long have = (long) Json.number(checked, "have") * Bazaar.PIECE_BYTES;
    assertThat(promised).as("seed %d", SEED).isLessThanOrEqualTo(PRICE.due(have) + PIECE_MICROS);
  }

  /** All vouchers that it had taken are redeemed after its start, but for one window. */
  private void killSeller() throws Exception {
    String payerAddress = Bazaar.address(payer);
    kill(seller);
    String end = payer.awaitError("end", Patience.STEP, l -> UNPAID.matcher(l).find());
    long due = promised() + micros(end, UNPAID);
    startSeller(List.of("--peer", payerAddress));
    await("what was earned", this::earned, earned -> earned >= due - WINDOW_MICROS);
  }

  /** Without the hub they go on; when it is back, it knows all that it knew. */
  private void killHub() throws Exception {
    long earned = earned();
    kill(bazaar.hub());
    long before = promised();
    await("a promise without a hub", this::promised, sum -> sum > before);
    bazaar.startHub();
    assertThat(earned()).isGreaterThanOrEqualTo(earned);
  }

  private static void kill(RealProcess victim) {
    ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly);
    victim.awaitExit(Patience.STEP);
    victim.close();
  }

  private static long micros(String line, Pattern pattern) {
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.find()).as(line).isTrue();
    return Math.round(Double.parseDouble(matcher.group(1)) * 1e6);
  }

  private long earned() throws Exception {
    return bazaar.balance(sellerKey).availableMicros();
  }

  /** What the payer's journal says that it has promised in all. */
  private long promised() throws SQLException {
    String url = "jdbc:sqlite:" + work.resolve("payer.json.channels");
    try (Connection journal = DriverManager.getConnection(url);
        Statement query = journal.createStatement();
        ResultSet sum = query.executeQuery("select coalesce(sum(promised), 0) from paying")) {
      return sum.next() ? sum.getLong(1) : 0;
    }
  }

  private static void await(String what, Callable<Long> look, LongPredicate wanted) {
    long[] seen = new long[1];
    Patience.await(
        what,
        Patience.STEP,
        () -> seen[0],
        () -> {
          try {
            seen[0] = look.call();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return wanted.test(seen[0]);
        });
  }
}
