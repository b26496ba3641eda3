package sluice.ledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
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

/** Books and chain differ; the operator looks, accepts, and payments go on. */
class AcceptanceTest {
  private static final String ASSET = "test:coins";
  private static final PayAddress ANN = key(1).address();

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  private static void work(Gateway gateway) throws ChainException {
    while (gateway.step().isBehind()) {
      assertThat(gateway.status().waiting()).isLessThan(10);
    }
  }

  private static long hub(Database database, AccountKind kind) {
    return database.<Long>read(handle -> Books.balance(handle, Account.hub(kind, ASSET)));
  }

  private static Refusal refusal(Outcome<?> outcome) {
    return ((Outcome.Refused<?>) outcome).refusal();
  }

  @ParameterizedTest
  @EnumSource
  void theOperatorAcceptsWhatDiffersAndTheBooksSaySo(Dialect dialect) throws ChainException {
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      FakeChain chain = new FakeChain(key(50).address(), 1_000);
      HubConfig config =
          HubConfig.of(1, key(99), Set.of(ASSET)).paying(new PayoutRules(true, 10, 3, false));
      Hub hub = new Hub(database, config, chain::nowSeconds);
      hub.transact(desk -> {
        desk.register(ANN);
        return true;
      });
      Gateway gateway = new Gateway(hub, chain);
      gateway.begin(0);
      chain.deposit(ANN, ASSET, 1_000, true);
      chain.block(true);
      work(gateway);
      assertThat(Acceptance.differences(database)).isEmpty();

      chain.balance += 7; // coins that came in a way that blocks do not tell
      Withdrawal first = withdraw(hub, 103);
      work(gateway);
      assertThat(state(hub, first)).isEqualTo(Withdrawal.State.REQUESTED);
      assertThat(Acceptance.differences(database))
          .containsExactly(new Difference(ASSET, 1, 1_000, 1_007));
      assertThatThrownBy(() -> Acceptance.accept(database, 1_003, "two\nlines"))
          .hasMessageContaining("1 to 100");
      assertThat(Acceptance.accept(database, 1_003, "airdrop, ticket 17"))
          .isEqualTo(new Outcome.Done<>(List.of(new Difference(ASSET, 1, 1_000, 1_007))));
      assertThat(hub(database, AccountKind.SUSPENSE)).isEqualTo(7);
      assertThat(hub(database, AccountKind.HOT)).isEqualTo(-1_007);
      assertThat(gateway.status().alarms()).noneMatch(a -> a.contains("nothing is paid"));
      work(gateway);
      chain.block(true);
      work(gateway);
      assertThat(state(hub, first)).isEqualTo(Withdrawal.State.PAID);

      lostOfItsOwn(database, chain, hub, gateway);
      lostOfMembers(database, chain, hub, gateway);
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private static void lostOfItsOwn(Database database, FakeChain chain, Hub hub, Gateway gateway)
      throws ChainException {
    chain.balance -= 9; // seven of them are in suspense, two are what the hub earned
    Withdrawal second = withdraw(hub, 53);
    work(gateway);
    assertThat(state(hub, second)).isEqualTo(Withdrawal.State.REQUESTED);
    chain.deposit(ANN, ASSET, 500, true);
    chain.block(true);
    assertThat(gateway.step().blocks()).isEqualTo(1);
    assertThat(refusal(Acceptance.accept(database, 1_010, "too early")))
        .isEqualTo(Refusal.BAD_AMOUNT);
    work(gateway);
    assertThat(Acceptance.accept(database, 1_010, "theft, written off"))
        .isInstanceOf(Outcome.Done.class);
    assertThat(hub(database, AccountKind.SUSPENSE)).isZero();
    assertThat(hub(database, AccountKind.REVENUE)).isEqualTo(3 + 3 - 2);
    work(gateway);
    chain.block(true);
    work(gateway);
    assertThat(state(hub, second)).isEqualTo(Withdrawal.State.PAID);
  }

  private static void lostOfMembers(Database database, FakeChain chain, Hub hub, Gateway gateway)
      throws ChainException {
    chain.balance -= 20; // more than the hub has of its own, and members pay for nothing
    Withdrawal third = withdraw(hub, 13);
    work(gateway);
    Balance before = hub.balance(ANN, ASSET);
    assertThat(refusal(Acceptance.accept(database, 1_020, "more theft")))
        .isEqualTo(Refusal.INSUFFICIENT_FUNDS);
    assertThat(hub.balance(ANN, ASSET)).isEqualTo(before);
    chain.deposit(key(7).address(), ASSET, 20, true); // the operator's, who is no member
    chain.block(true);
    work(gateway);
    assertThat(hub(database, AccountKind.SUSPENSE)).isEqualTo(20);
    assertThat(Suspense.waiting(database)).hasSize(1);
    assertThat(Acceptance.accept(database, 1_025, "more theft, paid in"))
        .isInstanceOf(Outcome.Done.class);
    work(gateway);
    chain.block(true);
    work(gateway);
    assertThat(state(hub, third)).isEqualTo(Withdrawal.State.PAID);
    assertThat(hub(database, AccountKind.HOT)).isEqualTo(-chain.balance);
    assertThat(hub.balance(ANN, ASSET)).isEqualTo(new Balance(before.availableMicros(), 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void aDepositInSuspenseIsGivenOnce(Dialect dialect) throws ChainException {
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      FakeChain chain = new FakeChain(key(50).address(), 1_000);
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), chain::nowSeconds);
      hub.transact(desk -> {
        desk.register(ANN);
        return true;
      });
      Gateway gateway = new Gateway(hub, chain);
      gateway.begin(0);
      chain.deposit(key(7).address(), ASSET, 40, true);
      chain.deposit(key(8).address(), ASSET, 2, true);
      chain.block(true);
      work(gateway);
      List<Suspense.Deposit> waiting = Suspense.waiting(database);
      assertThat(waiting).extracting(Suspense.Deposit::micros).containsExactly(40L, 2L);
      String reference = waiting.getFirst().reference();
      assertThat(refusal(Suspense.credit(database, 1_004, reference, key(7).address())))
          .isEqualTo(Refusal.UNKNOWN_MEMBER);
      assertThat(Suspense.credit(database, 1_004, reference, ANN))
          .isEqualTo(new Outcome.Done<>(waiting.getFirst()));
      assertThat(refusal(Suspense.credit(database, 1_004, reference, ANN)))
          .isEqualTo(Refusal.BAD_AMOUNT);
      assertThat(hub.balance(ANN, ASSET)).isEqualTo(new Balance(40, 0, 0));
      assertThat(Suspense.waiting(database)).containsExactly(waiting.getLast());
      assertThat(Audit.of(database).findings()).isEmpty();
    }
  }

  private static Withdrawal withdraw(Hub hub, long micros) {
    return ((Outcome.Done<Withdrawal>) hub.transact(desk -> desk.withdraw(ANN, ASSET, micros, ANN)))
        .value();
  }

  private static Withdrawal.State state(Hub hub, Withdrawal withdrawal) {
    return hub.withdrawal(withdrawal.id()).orElseThrow().state();
  }
}
