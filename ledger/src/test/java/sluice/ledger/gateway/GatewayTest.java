package sluice.ledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.hub.Refusal;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;

/** Deposits and withdrawals between a hub and a chain that loses what it can. */
class GatewayTest {
  private static final String ASSET = "test:coins";
  private static final PayAddress ANN = key(1).address();
  private static final PayAddress BOB = key(2).address();
  private static final PayAddress OWN = key(50).address();

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  /** A hub on a chain. */
  private record Stage(Database database, FakeChain chain, Hub hub, Gateway gateway)
      implements AutoCloseable {
    static Stage open(Dialect dialect, PayoutRules rules) throws ChainException {
      Database database = Database.open(TestDatabases.empty(dialect), dialect);
      FakeChain chain = new FakeChain(OWN, 1_000);
      HubConfig config = HubConfig.of(1, key(99), Set.of(ASSET)).paying(rules);
      Hub hub = new Hub(database, config, chain::nowSeconds);
      hub.transact(desk -> {
        desk.register(ANN);
        desk.register(BOB);
        return true;
      });
      Gateway gateway = new Gateway(hub, chain);
      gateway.begin(0);
      return new Stage(database, chain, hub, gateway);
    }

    void step() throws ChainException {
      while (gateway.step().isBehind()) {
        assertThat(chain.blocks).isNotEmpty();
      }
    }

    Withdrawal withdraw(long micros) {
      return ((Outcome.Done<Withdrawal>)
              hub.transact(desk -> desk.withdraw(ANN, ASSET, micros, ANN)))
          .value();
    }

    Withdrawal.State state(Withdrawal withdrawal) {
      return hub.withdrawal(withdrawal.id()).orElseThrow().state();
    }

    long hub(AccountKind kind) {
      return database.<Long>read(handle -> Books.balance(handle, Account.hub(kind, ASSET)));
    }

    @Override
    public void close() {
      assertThat(Audit.of(database).findings()).isEmpty();
      database.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void coinsComeAndGo(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect, new PayoutRules(true, 10, 3, false))) {
      stage.chain().deposit(ANN, ASSET, 1_000, true);
      stage.chain().deposit(ANN, ASSET, 500, false);
      stage.chain().deposit(ANN, "other:coins", 700, true);
      stage.chain().deposit(key(7).address(), ASSET, 40, true);
      stage.chain().block(true);
      stage.step();
      stage.step();
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_000, 0, 0));
      assertThat(stage.hub(AccountKind.SUSPENSE)).isEqualTo(40);
      Withdrawal first = stage.withdraw(103);
      Withdrawal second = stage.withdraw(50);
      assertThat(stage.hub().ahead(second)).isEqualTo(1);
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(847, 0, 147));
      stage.step();
      assertThat(stage.state(first)).isEqualTo(Withdrawal.State.SENT);
      stage.chain().block(true);
      stage.step();
      assertThat(stage.state(first)).isEqualTo(Withdrawal.State.PAID);
      assertThat(stage.state(second)).isEqualTo(Withdrawal.State.PAID);
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(847, 0, 0));
      assertThat(stage.hub(AccountKind.REVENUE)).isEqualTo(6);
      assertThat(stage.hub(AccountKind.HOT)).isEqualTo(-stage.chain().balance);
      assertThat(stage.hub().withdrawals(ANN)).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTakenUntilItExpiresGoesBackOnce(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect, new PayoutRules(true, 10, 3, false))) {
      stage.chain().deposit(ANN, ASSET, 1_000, true);
      stage.chain().block(true);
      stage.step();
      Withdrawal lost = stage.withdraw(103);
      long blocks = 2 + (FakeChain.EXPIRY_SECONDS + Gateway.LOST_SECONDS) / FakeChain.BLOCK_SECONDS;
      for (long i = 0; i < blocks; i++) {
        stage.step();
        boolean given = stage.state(lost) == Withdrawal.State.RETURNED;
        assertThat(given && i < blocks - 1).as("after %d blocks", i).isFalse();
        stage.chain().block(false);
      }
      stage.step();
      assertThat(stage.state(lost)).isEqualTo(Withdrawal.State.RETURNED);
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_000, 0, 0));
      assertThat(stage.hub(AccountKind.REVENUE)).isZero();
      stage.step();
      stage.chain().block(true);
      stage.step();
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_000, 0, 0));
      assertThat(stage.chain().balance).isEqualTo(1_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusals(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect, new PayoutRules(true, 10, 3, false))) {
      stage.chain().deposit(ANN, ASSET, 100, true);
      stage.chain().block(true);
      stage.step();
      record Row(PayAddress to, String asset, long micros, Refusal refusal) {}
      for (Row row :
          List.of(
              new Row(BOB, ASSET, 50, Refusal.FOREIGN_ADDRESS),
              new Row(ANN, "x", 50, Refusal.UNKNOWN_ASSET),
              new Row(ANN, ASSET, 9, Refusal.BAD_AMOUNT),
              new Row(ANN, ASSET, 0, Refusal.BAD_AMOUNT),
              new Row(ANN, ASSET, -1, Refusal.BAD_AMOUNT),
              new Row(ANN, ASSET, 101, Refusal.INSUFFICIENT_FUNDS),
              new Row(ANN, ASSET, Long.MAX_VALUE, Refusal.INSUFFICIENT_FUNDS))) {
        Outcome<Withdrawal> outcome =
            stage.hub().transact(desk -> desk.withdraw(ANN, row.asset(), row.micros(), row.to()));
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Refused.class, r -> assertThat(r.refusal()).isEqualTo(row.refusal()));
      }
    }
    try (Stage anywhere = Stage.open(dialect, new PayoutRules(true, 10, 3, true))) {
      anywhere.chain().deposit(ANN, ASSET, 100, true);
      anywhere.chain().block(true);
      anywhere.step();
      PayAddress bobs = anywhere.chain().address(1);
      anywhere.hub().transact(desk -> desk.depositAddress(BOB, anywhere.chain()::address));
      Outcome<Withdrawal> outcome =
          anywhere.hub().transact(desk -> desk.withdraw(ANN, ASSET, 50, bobs));
      assertThat(outcome.toString()).contains("FOREIGN_ADDRESS", "the hub's own");
    }
    try (Stage closed = Stage.open(dialect, PayoutRules.CLOSED)) {
      Outcome<Withdrawal> outcome =
          closed.hub().transact(desk -> desk.withdraw(ANN, ASSET, 1, ANN));
      assertThat(outcome.toString()).contains("NO_PAYOUTS");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChainThatContradictsItselfStopsTheGateway(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect, PayoutRules.free())) {
      stage.chain().deposit(ANN, ASSET, 100, true);
      stage.chain().block(true);
      stage.step();
      ChainBlock last = stage.chain().blocks.getLast();
      stage
          .chain()
          .blocks
          .add(new ChainBlock(2, FakeChain.id("2"), FakeChain.id("x"), 1_006, List.of()));
      assertThat(stage.gateway().step().halted().orElse("")).contains("does not follow");
      stage.withdraw(10);
      assertThat(stage.gateway().step().halted()).isPresent();
      assertThat(last.height()).isEqualTo(1);
      FakeChain other = new FakeChain(OWN, 5);
      other.blocks.set(0, new ChainBlock(0, FakeChain.id("y"), FakeChain.id("z"), 5, List.of()));
      assertThatThrownBy(() -> new Gateway(stage.hub(), other).begin(0))
          .hasMessageContaining("is on the chain");
    }
  }

  /** Two hubs on one database, each with its gateway, and a chain that fails at any call. */
  @ParameterizedTest
  @EnumSource
  void whateverFailsEachIsPaidOrReturnedOnce(Dialect dialect) throws ChainException {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    int operations = Integer.getInteger("sluice.ledger.transfers", 20);
    int failures = 0;
    try (Stage stage = Stage.open(dialect, PayoutRules.free())) {
      Gateway other = new Gateway(stage.hub(), stage.chain());
      stage.chain().deposit(ANN, ASSET, 1_000_000, true);
      long paidOut = 0;
      for (int i = 0; i < operations; i++) {
        if (random.nextBoolean()) {
          stage.chain().deposit(random.nextBoolean() ? ANN : BOB, ASSET, 7, true);
        } else if (stage.hub().balance(ANN, ASSET).availableMicros() > 100) {
          stage.withdraw(random.nextLong(1, 100));
        }
        FakeChain chain = stage.chain();
        chain.failAt = chain.calls() + 1 + random.nextInt(5);
        chain.failAfter = random.nextBoolean();
        for (Gateway gateway : List.of(stage.gateway(), other)) {
          try {
            gateway.step();
          } catch (ChainException e) {
            assertThat(chain.isFailing).isTrue();
            failures++;
          }
        }
        chain.block(random.nextInt(3) > 0);
        assertThat(Audit.of(stage.database()).findings()).as("seed %d, %d", seed, i).isEmpty();
      }
      stage.chain().failAt = Integer.MAX_VALUE;
      for (int i = 0; i < 60; i++) {
        stage.step();
        stage.chain().block(true);
      }
      stage.step();
      assertThat(stage.hub().underWay()).isEmpty();
      for (Withdrawal w : stage.hub().withdrawals(ANN)) {
        paidOut += w.state() == Withdrawal.State.PAID ? w.micros() : 0;
      }
      assertThat(paidOut).as("seed %d", seed).isPositive();
      assertThat(failures).as("seed %d", seed).isPositive();
      assertThat(stage.hub(AccountKind.HOT)).as("seed %d", seed).isEqualTo(-stage.chain().balance);
    }
  }
}
