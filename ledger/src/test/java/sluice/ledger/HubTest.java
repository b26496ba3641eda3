package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ledger.Keys.key;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Certified;
import sluice.ledger.hub.Channel;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

class HubTest {
  private static final String ASSET = "test:coins";
  private static final PayKey ANN = key(1);
  private static final PayKey BOB = key(2);
  private static final PayKey CHANNEL_KEY = key(3);
  private static final PayAddress ALIAS = key(4).address();
  private static final long DAY = 86_400;

  private final AtomicLong now = new AtomicLong(1_000_000);

  private interface Work {
    void on(Hub hub);
  }

  private void run(Dialect dialect, Work work) {
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      HubConfig config = HubConfig.of(Domain.TRON_NILE, key(99), Set.of(ASSET));
      Hub hub = new Hub(database, config, now::get);
      hub.transact(desk -> {
        desk.register(ANN.address());
        desk.register(BOB.address());
        desk.register(BOB.address());
        desk.payUnder(BOB.address(), ALIAS);
        return desk.deposit(ANN.address(), ASSET, 1_000, "tx1:0");
      });
      work.on(hub);
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  private static <T> void gives(Hub hub, T value, Function<Desk, Outcome<T>> work) {
    Outcome<T> outcome = hub.transact(work);
    assertThat(outcome).isEqualTo(new Outcome.Done<>(value));
  }

  private static <T> void refused(Hub hub, Refusal refusal, Function<Desk, Outcome<T>> work) {
    Outcome<T> outcome = hub.transact(work);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, told -> assertThat(told.refusal()).isEqualTo(refusal));
  }

  private static Outcome<Certified> open(Desk desk, long deposit) {
    return desk.open(ANN.address(), CHANNEL_KEY.address(), ALIAS, ASSET, deposit, 7 * DAY);
  }

  private static Balance balance(Hub hub, PayKey member) {
    return hub.balance(member.address(), ASSET);
  }

  @ParameterizedTest
  @EnumSource
  void aChannelIsOpenedPaidAndClosed(Dialect dialect) {
    run(
        dialect,
        hub -> {
          Certified opened = done(hub.transact(desk -> open(desk, 600)));
          assertThat(opened.signature().isBy(hub.address(), opened.cert().digest(hub.domain())))
              .isTrue();
          Hash id = opened.cert().channel();
          assertThat(balance(hub, ANN)).isEqualTo(new Balance(400, 600, 0));
          gives(hub, 250L, d -> d.redeem(new Voucher(id, 250)));
          gives(hub, 250L, d -> d.redeem(new Voucher(id, 200)));
          assertThat(balance(hub, BOB)).isEqualTo(new Balance(250, 0, 0));
          Certified more = done(hub.transact(d -> d.topUp(ANN.address(), id, 100)));
          assertThat(more.cert().deposit()).isEqualTo(700);
          gives(hub, 650L, d -> d.redeem(new Voucher(id, 650)));
          Channel closed = done(hub.transact(d -> d.close(BOB.address(), id)));
          assertThat(closed.state()).isEqualTo(Channel.State.CLOSED);
          assertThat(balance(hub, ANN)).isEqualTo(new Balance(350, 0, 0));
          assertThat(balance(hub, BOB)).isEqualTo(new Balance(650, 0, 0));
          refused(hub, Refusal.CLOSED, d -> d.redeem(new Voucher(id, 651)));
          gives(hub, closed, d -> d.close(ANN.address(), id));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aPayerThatClosesWaitsForTheGrace(Dialect dialect) {
    run(
        dialect,
        hub -> {
          Hash id = done(hub.transact(desk -> open(desk, 600))).cert().channel();
          assertThat(done(hub.transact(d -> d.close(ANN.address(), id))).state())
              .isEqualTo(Channel.State.CLOSING);
          now.addAndGet(DAY - 1);
          assertThat(hub.sweep()).isZero();
          gives(hub, 100L, d -> d.redeem(new Voucher(id, 100)));
          refused(hub, Refusal.CLOSED, d -> d.topUp(ANN.address(), id, 1));
          now.addAndGet(1);
          refused(hub, Refusal.EXPIRED, d -> d.redeem(new Voucher(id, 101)));
          assertThat(hub.sweep()).isEqualTo(1);
          assertThat(balance(hub, ANN)).isEqualTo(new Balance(900, 0, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aChannelThatExpiresIsRedeemedUntilTheGraceIsOver(Dialect dialect) {
    run(
        dialect,
        hub -> {
          Hash id = done(hub.transact(desk -> open(desk, 600))).cert().channel();
          now.addAndGet(7 * DAY);
          refused(hub, Refusal.EXPIRED, d -> d.topUp(ANN.address(), id, 1));
          gives(hub, 600L, d -> d.redeem(new Voucher(id, 600)));
          now.addAndGet(DAY);
          assertThat(hub.sweep()).isEqualTo(1);
          assertThat(hub.sweep()).isZero();
          assertThat(balance(hub, BOB)).isEqualTo(new Balance(600, 0, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeIsRefusedAndChangesNothing(Dialect dialect) {
    run(
        dialect,
        hub -> {
          PayAddress stranger = key(50).address();
          refused(hub, Refusal.INSUFFICIENT_FUNDS, d -> open(d, 1_001));
          refused(hub, Refusal.BAD_AMOUNT, d -> open(d, 0));
          refused(hub, Refusal.BAD_AMOUNT, d -> open(d, -1));
          refused(hub, Refusal.INSUFFICIENT_FUNDS, d -> open(d, Long.MAX_VALUE));
          refused(
              hub,
              Refusal.UNKNOWN_PAYEE,
              d -> d.open(ANN.address(), stranger, stranger, ASSET, 1, 1));
          refused(hub, Refusal.UNKNOWN_MEMBER, d -> d.open(stranger, ALIAS, ALIAS, ASSET, 1, 1));
          refused(
              hub, Refusal.UNKNOWN_ASSET, d -> d.open(ANN.address(), stranger, ALIAS, "x", 1, 1));
          refused(
              hub, Refusal.BAD_LIFETIME, d -> d.open(ANN.address(), stranger, ALIAS, ASSET, 1, 0));
          refused(hub, Refusal.KEY_IN_USE, d -> d.payUnder(ANN.address(), ALIAS));
          refused(hub, Refusal.BAD_AMOUNT, d -> d.deposit(ANN.address(), ASSET, 0, "x"));
          refused(hub, Refusal.UNKNOWN_MEMBER, d -> d.deposit(stranger, ASSET, 1, "x"));
          Hash id = done(hub.transact(desk -> open(desk, 600))).cert().channel();
          refused(hub, Refusal.KEY_IN_USE, d -> open(d, 1));
          refused(hub, Refusal.EXCEEDS_DEPOSIT, d -> d.redeem(new Voucher(id, 601)));
          refused(hub, Refusal.NOT_YOURS, d -> d.close(stranger, id));
          refused(hub, Refusal.NOT_YOURS, d -> d.topUp(BOB.address(), id, 1));
          refused(
              hub,
              Refusal.UNKNOWN_CHANNEL,
              d -> d.redeem(new Voucher(Hash.ofHex("00".repeat(32)), 1)));
          assertThat(balance(hub, ANN)).isEqualTo(new Balance(400, 600, 0));
        });
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheChannelsKeySignsVouchers(Dialect dialect) {
    run(
        dialect,
        hub -> {
          Hash id = done(hub.transact(desk -> open(desk, 600))).cert().channel();
          Voucher voucher = new Voucher(id, 5);
          Hash digest = voucher.digest(hub.domain());
          assertThat(hub.isSigned(voucher, CHANNEL_KEY.sign(digest))).isTrue();
          assertThat(hub.isSigned(voucher, ANN.sign(digest))).isFalse();
          assertThat(hub.isSigned(new Voucher(id, 6), CHANNEL_KEY.sign(digest))).isFalse();
        });
  }

  @ParameterizedTest
  @EnumSource
  void oneEventAndOneRequestCountOnce(Dialect dialect) {
    run(
        dialect,
        hub -> {
          for (int i = 0; i < 3; i++) {
            long balance = 1_000 + 5 * Math.min(i, 1);
            gives(hub, balance, d -> d.deposit(ANN.address(), ASSET, 1_000, "tx1:0"));
            Optional<String> answer =
                hub.once(
                    ANN.address(),
                    "key",
                    "ab",
                    d -> done(d.deposit(ANN.address(), ASSET, 5, "tx2:0")).toString());
            assertThat(answer).contains("1005");
          }
          assertThat(hub.once(ANN.address(), "key", "cd", d -> "other")).isEmpty();
          assertThat(hub.once(BOB.address(), "key", "cd", d -> "mine")).contains("mine");
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatIsThrownUndoesTheTransaction(Dialect dialect) {
    run(
        dialect,
        hub -> {
          assertThatThrownBy(() ->
                  hub.transact(desk -> {
                    done(open(desk, 600));
                    throw new IllegalStateException("stop");
                  }))
              .isInstanceOf(IllegalStateException.class);
          assertThat(balance(hub, ANN)).isEqualTo(new Balance(1_000, 0, 0));
        });
  }
}
