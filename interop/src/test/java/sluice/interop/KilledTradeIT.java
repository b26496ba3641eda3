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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.ledger.hub.Balance;
import sluice.market.money.Price;
import sluice.market.sign.PayKey;
import sluice.protocol.metainfo.MetainfoBuilder.Version;

/**
 * A seller, a payer and their hub, each a process that is killed (SIGKILL) and started again: one
 * of them before the first award, one while the first channel is opened, and all by turns in the
 * midst of the trade. The seller loses one window at the most, the payer one piece (v1) or one
 * block (v2), no channel is forgotten, and in the end what was earned was spent. A payer that was
 * killed goes on with the same seller at once. {@code sluice.market.kills} is how many die in the
 * midst of the trade, {@code sluice.seed} draws the version, who dies and when, {@code
 * sluice.repeat} is how often all of it is done, each time by the next seed.
 */
@Order(4)
final class KilledTradeIT {
  private static final int KILLS = Integer.getInteger("sluice.market.kills", 3);
  private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);

  /** More than is sent in any time that a start may take. */
  private static final long BYTES = 256 << 20;

  private static final long MOST_BETWEEN_MICROS = 500_000;
  private static final Price PRICE = new Price(500_000);
  private static final long WINDOW_MICROS = PRICE.due(1 << 20);

  /** In torrents of version 2 a payer risks a block, so that each piece has one only. */
  private static final int BLOCK_BYTES = 1 << 14;

  private static final Pattern UNPAID = Pattern.compile("no longer buys .*, unpaid ([0-9.]+)");
  private static final Pattern UNPAID_SALE =
      Pattern.compile("no longer serves .*, unpaid ([0-9.]+)");

  private enum Victim {
    SELLER,
    HUB,
    PAYER
  }

  @TempDir Path work;
  private Bazaar bazaar;
  private PayKey sellerKey;
  private PayKey payerKey;
  private int pieceBytes;
  private RealProcess seller;
  private RealProcess payer;
  private String sellerAddress;

  static IntStream times() {
    return IntStream.rangeClosed(1, Integer.getInteger("sluice.repeat", 1));
  }

  @ParameterizedTest
  @MethodSource("times")
  void whoeverIsKilledTheLossIsSmall(int time) throws Exception {
    long seed = SEED + time - 1;
    SplittableRandom random = new SplittableRandom(seed);
    Version version = random.nextBoolean() ? Version.V1 : Version.V2;
    pieceBytes = version == Version.V1 ? Bazaar.PIECE_BYTES : BLOCK_BYTES;
    System.out.println("seed " + seed + ": " + version);
    try (Bazaar open = Bazaar.open(work, BYTES, version, pieceBytes)) {
      bazaar = open;
      sellerKey = bazaar.wallet("seller");
      payerKey = bazaar.wallet("payer");
      bazaar.grant(payerKey);
      startSeller(List.of());
      trade(random);
      Balance has = bazaar.balance(payerKey);
      long earned = bazaar.balance(sellerKey).availableMicros();
      long spent = Bazaar.FAUCET - has.availableMicros() - has.lockedMicros();
      assertThat(spent).as("spent is earned, seed %d", seed).isEqualTo(earned);
      assertThat(earned).isPositive();
      bazaar.audit();
    }
  }

  private void trade(SplittableRandom random) throws Exception {
    try {
      begin(drawn(random), drawn(random));
      List<Victim> turns = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        long begun = promised();
        long more = random.nextLong(MOST_BETWEEN_MICROS);
        await("a promise", this::promised, sum -> sum > begun + more);
        if (turns.isEmpty()) {
          turns.addAll(List.of(Victim.values()));
        }
        Victim victim = turns.remove(random.nextInt(turns.size()));
        System.out.println("in the midst, " + more + " micro-units on: " + victim);
        switch (victim) {
          case SELLER -> killSeller();
          case HUB -> killHub();
          case PAYER -> killPayer();
        }
      }
      long begun = promised();
      await("a promise after the last kill", this::promised, sum -> sum > begun);
      noChannelIsForgotten();
      Bazaar.stop(payer);
      Bazaar.stop(seller);
    } finally {
      if (payer != null) {
        payer.close();
      }
      seller.close();
    }
  }

  private static Victim drawn(SplittableRandom random) {
    return Victim.values()[random.nextInt(Victim.values().length)];
  }

  /**
   * Kills one before the first award, and one while the payer waits for its first channel. Who
   * stands still (SIGSTOP) meanwhile answers nothing, so that it is certain to be then.
   */
  private void begin(Victim beforeAward, Victim whileOpening) throws Exception {
    System.out.println("before the award: " + beforeAward + ", at opening: " + whileOpening);
    signal(seller, "STOP");
    startPayer();
    String payerAddress = Bazaar.address(payer);
    RealProcess still = seller;
    switch (beforeAward) {
      case PAYER -> {
        kill(payer);
        startPayer();
        Bazaar.address(payer);
      }
      case HUB -> {
        kill(bazaar.hub());
        bazaar.startHub();
      }
      case SELLER -> {
        still = payer;
        signal(payer, "STOP");
        kill(seller);
        startSeller(List.of("--peer", payerAddress));
      }
    }
    assertThat(payer.errors()).noneMatch(l -> l.contains("awarded a slot"));
    signal(bazaar.hub(), "STOP");
    signal(still, "CONT");
    await("a channel that is asked for", this::openings, rows -> rows > 0);
    payer.awaitError("award", Patience.STEP, l -> l.contains("awarded a slot"));
    killWhileOpening(whileOpening);
  }

  private void killWhileOpening(Victim victim) {
    RealProcess hub = bazaar.hub();
    switch (victim) {
      case PAYER -> {
        kill(payer);
        signal(hub, "CONT");
        startPayer();
      }
      case SELLER -> {
        String payerAddress = Bazaar.address(payer);
        kill(seller);
        signal(hub, "CONT");
        startSeller(List.of("--peer", payerAddress));
      }
      case HUB -> {
        // The payer dies with it: otherwise it would try again after a minute only.
        kill(hub);
        kill(payer);
        bazaar.startHub();
        startPayer();
      }
    }
  }

  /** What the hub holds open is what the payer's journal knows, however openings ended. */
  private void noChannelIsForgotten() throws Exception {
    await("the end of all openings", this::openings, rows -> rows == 0);
    long open = bazaar.channels(payerKey).stream().filter(c -> c.state().equals("OPEN")).count();
    assertThat(open).isEqualTo(journal("select count(*) from paying"));
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
    String lost = next(seller, UNPAID_SALE, () -> kill(payer));
    assertThat(micros(lost, UNPAID_SALE)).isLessThanOrEqualTo(WINDOW_MICROS);
    long promised = promised();
    startPayer();
    String checked = payer.awaitLine("check", Patience.STEP, l -> Json.isEvent(l, "checked"));
    long have = (long) Json.number(checked, "have") * pieceBytes;
    assertThat(promised).isLessThanOrEqualTo(PRICE.due(have) + PRICE.due(pieceBytes));
  }

  /** All vouchers that it had taken are redeemed after its start, but for one window. */
  private void killSeller() throws Exception {
    String payerAddress = Bazaar.address(payer);
    String end = next(payer, UNPAID, () -> kill(seller));
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

  /** The next such line after what is done, not one from before. */
  private static String next(RealProcess program, Pattern pattern, Runnable done) {
    long before = program.errors().stream().filter(l -> pattern.matcher(l).find()).count();
    done.run();
    long[] seen = new long[1];
    return program.awaitError(
        "next end", Patience.STEP, l -> pattern.matcher(l).find() && ++seen[0] > before);
  }

  private void signal(RealProcess program, String name) {
    List<String> command = List.of("sh", "-c", "kill -" + name + " " + program.pid());
    try (RealProcess sender = RealProcess.start("kill", work, command)) {
      assertThat(sender.awaitExit(Patience.STEP)).isZero();
    }
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
    return journal("select coalesce(sum(promised), 0) from paying");
  }

  /** Channels that were asked for, of which the payer does not know what became. */
  private long openings() throws SQLException {
    return journal("select count(*) from opening");
  }

  private long journal(String question) throws SQLException {
    String url = "jdbc:sqlite:" + work.resolve("payer.json.channels");
    try (Connection journal = DriverManager.getConnection(url);
        Statement query = journal.createStatement();
        ResultSet number = query.executeQuery(question)) {
      return number.next() ? number.getLong(1) : 0;
    }
  }

  private void await(String what, Callable<Long> look, LongPredicate wanted) {
    long[] seen = new long[1];
    Patience.await(
        what,
        Patience.STEP,
        () -> seen[0] + "\n" + payer + "\n" + seller + "\n" + bazaar.hub(),
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
