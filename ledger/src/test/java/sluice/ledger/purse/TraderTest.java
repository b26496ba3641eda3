package sluice.ledger.purse;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.ledger.client.ChannelView;
import sluice.ledger.hub.Balance;
import sluice.ledger.serve.LedgerService;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.Purse.Opened;
import sluice.market.trade.Purse.Signed;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;

/**
 * Two members that trade by a hub over HTTP, and die at points of the trade: an abandoned {@link
 * Trader} is a process that was killed, as all that outlives it is its journal.
 */
class TraderTest {
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final long FAUCET = 10_000;
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir static Path place;
  private static LedgerService ledger;

  @TempDir Path folder;
  private final TestLoop loop = new TestLoop();
  private final PayKey payerKey = Keystore.newKey();
  private final PayKey payeeKey = Keystore.newKey();
  private Trader payer;
  private Trader payee;

  @BeforeAll
  static void serve() {
    LedgerSettings settings =
        LedgerSettings.DEFAULT
            .listening(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .givingTestCoins();
    ledger = LedgerService.start(database(), Keystore.newKey(), settings);
  }

  private static String database() {
    return "jdbc:sqlite:" + place.resolve("ledger.db");
  }

  @AfterAll
  static void audit() {
    ledger.close();
    try (Database books = Database.open(database())) {
      assertThat(Audit.of(books).findings()).isEmpty();
    }
  }

  @BeforeEach
  void meet() throws Exception {
    payee = trader(payeeKey, "payee", NEVER);
    payer = trader(payerKey, "payer", NEVER);
    payer.member().faucet(COINS, FAUCET);
  }

  @AfterEach
  void part() {
    payer.close();
    payee.close();
    loop.close();
  }

  private Trader trader(PayKey key, String journal, Duration round) throws Exception {
    return Trader.open(
        ledger.url(), key, Optional.of(COINS), folder.resolve(journal + ".db"), round);
  }

  private Opened.Channel open(long least, long deposit) throws Exception {
    Opened opened =
        loop.answer(told -> payer.purse(loop).open(payee.alias(), least, deposit, told));
    assertThat(opened).isInstanceOf(Opened.Channel.class);
    return (Opened.Channel) opened;
  }

  private Signed promise(Hash channel, long cumulative) throws Exception {
    return loop.answer(told -> payer.purse(loop).promise(channel, cumulative, told));
  }

  private PaySignature signed(Hash channel, long cumulative) throws Exception {
    return ((Signed.Done) promise(channel, cumulative)).signature();
  }

  /** The payee is shown the channel, and given a voucher. */
  private void pay(Opened.Channel channel, long cumulative) throws Exception {
    pay(payee.till(loop), channel, cumulative);
  }

  private void pay(Till till, Opened.Channel channel, long cumulative) throws Exception {
    Hash id = channel.cert().channel();
    PaySignature signature = signed(id, cumulative);
    loop.<Long>answer(told -> till.admit(channel.cert(), channel.signature(), told));
    boolean taken =
        loop.<Boolean>answer(told -> till.take(new Voucher(id, cumulative), signature, told));
    assertThat(taken).isTrue();
  }

  private Balance balance(PayKey key) {
    return ledger.hub().balance(key.address(), COINS);
  }

  private static <T> T await(Callable<T> look, Predicate<T> wanted) throws Exception {
    long begin = System.nanoTime();
    T seen = look.call();
    while (!wanted.test(seen)) {
      assertThat(System.nanoTime() - begin).as("%s", seen).isLessThan(PATIENCE_NANOS);
      LockSupport.parkNanos(5_000_000);
      seen = look.call();
    }
    return seen;
  }

  @Test
  void nothingIsPromisedBelowWhatWasOrAboveTheDeposit() throws Exception {
    Opened.Channel channel = open(100, 1_000);
    Hash id = channel.cert().channel();
    assertThat(
            signed(id, 700)
                .isBy(
                    channel.cert().payerKey(), new Voucher(id, 700).digest(payer.terms().domain())))
        .isTrue();
    assertThat(promise(id, 699)).isInstanceOf(Signed.Refused.class);
    assertThat(promise(id, 1_001)).isInstanceOf(Signed.Refused.class);
    assertThat(promise(id, 1_000)).isInstanceOf(Signed.Done.class);
  }

  @Test
  void aPayerThatWasKilledKnowsWhatItPromised() throws Exception {
    Opened.Channel channel = open(100, 1_000);
    signed(channel.cert().channel(), 700);
    payer.close(); // what a kill leaves: the journal is synchronous, and nothing was settled
    payer = trader(payerKey, "payer", NEVER);
    Opened.Channel found = open(300, 5_000);
    assertThat(found).isEqualTo(new Opened.Channel(channel.cert(), channel.signature(), 700));
    assertThat(promise(found.cert().channel(), 600)).isInstanceOf(Signed.Refused.class);
    assertThat(balance(payerKey)).isEqualTo(new Balance(FAUCET - 1_000, 1_000, 0));
  }

  @Test
  void aPayeeThatWasKilledRedeemsWhenItStartsAgain() throws Exception {
    pay(open(100, 1_000), 700);
    assertThat(balance(payeeKey).availableMicros()).isZero();
    payee.close();
    payee = trader(payeeKey, "payee", NEVER);
    await(() -> balance(payeeKey).availableMicros(), earned -> earned == 700);
  }

  @Test
  void vouchersAreRedeemedNowAndThen() throws Exception {
    payee.close();
    payee = trader(payeeKey, "payee", OFTEN);
    Opened.Channel channel = open(100, 1_000);
    pay(channel, 300);
    await(() -> balance(payeeKey).availableMicros(), earned -> earned == 300);
    pay(channel, 800);
    await(() -> balance(payeeKey).availableMicros(), earned -> earned == 800);
  }

  @Test
  void afterManyVouchersTheyAreRedeemedBeforeItIsTime() throws Exception {
    Opened.Channel channel = open(100, 1_000);
    Till till = new HubTill(payee, loop, 4);
    for (int i = 1; i <= 4; i++) {
      assertThat(balance(payeeKey).availableMicros()).isZero();
      pay(till, channel, i);
    }
    await(() -> balance(payeeKey).availableMicros(), earned -> earned == 4);
  }

  @Test
  void whenThePayerLeavesTheRestComesBackAsSoonAsThePayeeHasLooked() throws Exception {
    pay(open(100, 1_000), 700);
    payer.settle();
    List<ChannelView> seen = payer.member().channels();
    assertThat(seen).hasSize(1).allMatch(c -> c.state().equals("CLOSING"));
    assertThat(balance(payerKey)).isEqualTo(new Balance(FAUCET - 1_000, 1_000, 0));
    payee.close();
    payee = trader(payeeKey, "payee", OFTEN);
    await(() -> balance(payerKey), has -> has.equals(new Balance(FAUCET - 700, 0, 0)));
    assertThat(balance(payeeKey).availableMicros()).isEqualTo(700);
  }

  @Test
  void aChannelThatIsUsedIsNotClosedThoughThePayerAsks() throws Exception {
    payee.close();
    payee = trader(payeeKey, "payee", OFTEN);
    Opened.Channel channel = open(100, 1_000);
    pay(channel, 300);
    payer.member().close(channel.cert().channel());
    pay(channel, 800);
    await(() -> balance(payeeKey).availableMicros(), earned -> earned == 800);
    assertThat(payer.member().channels()).allMatch(c -> c.state().equals("CLOSING"));
    payee.till(loop).settle(channel.cert().channel());
    await(() -> payer.member().channels(), seen -> seen.getFirst().state().equals("CLOSED"));
  }

  private Journal.Asked asked(Hash nonce) {
    return new Journal.Asked(nonce, payee.alias(), COINS, 1_000, 7_200);
  }

  @Test
  void aChannelThatWasOpenedAndNotKeptIsEnded() throws Exception {
    Hash nonce = Hash.sha256(new byte[] {5});
    payer.journal().opening(payer.terms().hub(), asked(nonce));
    PayKey key = payer.derived("channel", nonce.bytes());
    payer.member().open(key.address(), payee.alias(), COINS, 1_000, 7_200);
    payer.close();
    payer = trader(payerKey, "payer", NEVER);
    await(() -> payer.journal().openings(payer.terms().hub()), List::isEmpty);
    assertThat(payer.member().channels()).hasSize(1).allMatch(c -> c.state().equals("CLOSING"));
  }

  @Test
  void aChannelThatWasNeverOpenedIsForgotten() throws Exception {
    payer.journal().opening(payer.terms().hub(), asked(Hash.sha256(new byte[] {6})));
    payer.close();
    payer = trader(payerKey, "payer", NEVER);
    await(() -> payer.journal().openings(payer.terms().hub()), List::isEmpty);
    assertThat(payer.member().channels()).isEmpty();
  }

  @Test
  void whatNobodyNeedsAnyMoreIsGivenUp() throws Exception {
    Opened.Channel channel = open(100, 1_000);
    ChannelCert cert = channel.cert();
    Hash hub = payer.terms().hub();
    long[] clock = {cert.openedAt() + 2 * 86_400 - 1};
    Settlement later =
        new Settlement(payer.member(), payer.terms(), payer.journal(), () -> clock[0]);
    later.round();
    assertThat(payer.member().channel(cert.channel()).state()).isEqualTo("OPEN");
    clock[0]++;
    later.round();
    assertThat(payer.member().channel(cert.channel()).state()).isEqualTo("CLOSING");
    assertThat(payer.journal().paying(hub)).isEmpty();
    payee.journal().paid(hub, cert);
    clock[0] = cert.redeemableUntil();
    new Settlement(payee.member(), payee.terms(), payee.journal(), () -> clock[0]).round();
    assertThat(payee.journal().paid(hub)).isEmpty();
  }

  @Test
  void aForgedVoucherOrCertificateIsNotKept() throws Exception {
    Opened.Channel channel = open(100, 1_000);
    Till till = payee.till(loop);
    Hash id = channel.cert().channel();
    PaySignature forged = Keystore.newKey().sign(channel.cert().digest(payer.terms().domain()));
    assertThat(loop.<Long>answer(told -> till.admit(channel.cert(), forged, told))).isNegative();
    assertThat(loop.<Boolean>answer(told -> till.take(new Voucher(id, 5), forged, told))).isFalse();
    loop.<Long>answer(told -> till.admit(channel.cert(), channel.signature(), told));
    assertThat(loop.<Boolean>answer(told -> till.take(new Voucher(id, 5), forged, told))).isFalse();
    assertThat(payee.journal().paid(payee.terms().hub())).allMatch(c -> c.cumulative() == 0);
  }
}
