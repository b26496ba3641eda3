package sluice.ledger.purse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.client.ChannelView;
import sluice.ledger.hub.Balance;
import sluice.ledger.purse.MortalHub.Moment;
import sluice.ledger.serve.LedgerSettings;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.wallet.Keystore;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.trade.Purse.Opened;
import sluice.market.trade.Purse.Signed;
import sluice.market.trade.Till;
import sluice.protocol.digest.Hash;

/**
 * A hub process that dies, and nobody else does, while a channel is opened, enlarged, redeemed or
 * closed: before it was asked, or with all done and not answered. When it is back the same traders
 * go on, nothing is locked twice, and nothing is lost.
 */
class HubDeathTest {
  private static final String COINS = LedgerSettings.TEST_COINS;
  private static final long FAUCET = 10_000;
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @TempDir static Path books;
  private static MortalHub hub;
  @TempDir Path folder;
  private final TestLoop loop = new TestLoop();
  private final PayKey payerKey = Keystore.newKey();
  private final PayKey payeeKey = Keystore.newKey();
  private Trader payer;
  private Trader payee;

  private static String database() {
    return "jdbc:sqlite:" + books.resolve("ledger.db");
  }

  @BeforeAll
  static void found() throws Exception {
    hub = new MortalHub(database());
  }

  @AfterAll
  static void audit() throws Exception {
    hub.close();
    try (Database all = Database.open(database())) {
      assertThat(Audit.of(all).findings()).isEmpty();
    }
  }

  @BeforeEach
  void meet() throws Exception {
    if (hub.isDead()) {
      hub.restart();
    }
    payee = trader(payeeKey, "payee", OFTEN);
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
    return Trader.open(hub.url(), key, Optional.of(COINS), folder.resolve(journal + ".db"), round);
  }

  private Opened open(long deposit) throws Exception {
    return loop.answer(told -> payer.purse(loop).open(payee.alias(), 100, deposit, told));
  }

  private Opened topUp(Hash channel, long more) throws Exception {
    return loop.answer(told -> payer.purse(loop).topUp(channel, more, told));
  }

  private void pay(Opened.Channel channel, long cumulative) throws Exception {
    Hash id = channel.cert().channel();
    Signed signed = loop.answer(told -> payer.purse(loop).promise(id, cumulative, told));
    PaySignature signature = ((Signed.Done) signed).signature();
    Till till = payee.till(loop);
    loop.<Long>answer(told -> till.admit(channel.cert(), channel.signature(), told));
    assertThat(
            loop.<Boolean>answer(told -> till.take(new Voucher(id, cumulative), signature, told)))
        .isTrue();
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

  private Balance payerHas() throws Exception {
    return payer.member().balance(COINS);
  }

  private long payeeHas() throws Exception {
    return payee.member().balance(COINS).availableMicros();
  }

  @ParameterizedTest
  @EnumSource
  void whileAChannelIsOpened(Moment moment) throws Exception {
    hub.dieAt("/v1/channels", moment);
    assertThat(open(1_000)).isInstanceOf(Opened.Refused.class);
    assertThat(hub.isDead()).isTrue();
    assertThat(open(1_000)).as("still away").isInstanceOf(Opened.Refused.class);
    hub.restart();
    long locked = moment == Moment.BEFORE_ITS_ANSWER ? 1_000 : 0;
    assertThat(payerHas()).isEqualTo(new Balance(FAUCET - locked, locked, 0));
    Opened.Channel channel = (Opened.Channel) open(2_000);
    assertThat(channel.cert().deposit()).as("what was asked for").isEqualTo(1_000);
    assertThat(payerHas()).isEqualTo(new Balance(FAUCET - 1_000, 1_000, 0));
    assertThat(payer.member().channels()).hasSize(1);
    assertThat(payer.journal().openings(payer.terms().hub())).isEmpty();
    pay(channel, 700);
    await(this::payeeHas, has -> has == 700);
  }

  /** A channel that nobody asks for again does not lie there until it expires. */
  @ParameterizedTest
  @EnumSource
  void whileAChannelIsOpenedThatIsNotWantedAnyMore(Moment moment) throws Exception {
    payer.close();
    payer = trader(payerKey, "payer", OFTEN);
    hub.dieAt("/v1/channels", moment);
    assertThat(open(1_000)).isInstanceOf(Opened.Refused.class);
    hub.restart();
    await(() -> payer.journal().openings(payer.terms().hub()).size(), left -> left == 0);
    assertThat(payer.member().channels())
        .hasSize(moment == Moment.BEFORE_ITS_ANSWER ? 1 : 0)
        .extracting(ChannelView::state)
        .containsOnly(
            moment == Moment.BEFORE_ITS_ANSWER ? new String[] {"CLOSING"} : new String[0]);
  }

  @ParameterizedTest
  @EnumSource
  void whileAChannelIsEnlarged(Moment moment) throws Exception {
    Opened.Channel channel = (Opened.Channel) open(1_000);
    Hash id = channel.cert().channel();
    hub.dieAt("/topup", moment);
    assertThat(topUp(id, 500)).isInstanceOf(Opened.Refused.class);
    assertThat(hub.isDead()).isTrue();
    pay(channel, 900);
    hub.restart();
    Opened.Channel larger = (Opened.Channel) topUp(id, 800);
    assertThat(larger.cert().deposit()).isEqualTo(1_800);
    assertThat(larger.promisedMicros()).isEqualTo(900);
    pay(larger, 1_800);
    await(this::payeeHas, has -> has == 1_800);
    assertThat(payerHas()).isEqualTo(new Balance(FAUCET - 1_800, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void whileAVoucherIsRedeemed(Moment moment) throws Exception {
    Opened.Channel channel = (Opened.Channel) open(1_000);
    hub.dieAt("/redeem", moment);
    pay(channel, 700);
    await(hub::isDead, dead -> dead);
    pay(channel, 800);
    hub.restart();
    await(this::payeeHas, has -> has == 800);
    assertThat(payerHas()).isEqualTo(new Balance(FAUCET - 1_000, 200, 0));
    pay(channel, 1_000);
    await(this::payeeHas, has -> has == 1_000);
  }

  @ParameterizedTest
  @EnumSource
  void whileAChannelIsClosed(Moment moment) throws Exception {
    Opened.Channel channel = (Opened.Channel) open(1_000);
    pay(channel, 700);
    await(this::payeeHas, has -> has == 700);
    payer.settle();
    hub.dieAt("/close", moment);
    payee.till(loop).settle(channel.cert().channel());
    await(hub::isDead, dead -> dead);
    hub.restart();
    await(this::payerHas, has -> has.equals(new Balance(FAUCET - 700, 0, 0)));
    assertThat(payeeHas()).isEqualTo(700);
    assertThat(payee.member().channels()).extracting(ChannelView::state).containsOnly("CLOSED");
  }
}
