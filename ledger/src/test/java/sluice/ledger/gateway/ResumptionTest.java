package sluice.ledger.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.TestDatabases;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.PayoutRules;
import sluice.ledger.hub.Refusal;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
import sluice.protocol.digest.Hash;

/** A gateway stands still; its operator looks, gives a reason, and it goes on. */
class ResumptionTest {
  private static final String ASSET = "test:coins";
  private static final PayAddress ANN = key(1).address();
  private static final PayAddress OWN = key(50).address();

  private static PayKey key(int number) {
    return PayKey.of(ByteBuffer.allocate(32).putInt(28, number).array()).orElseThrow();
  }

  /** A hub on a chain where Ann has deposited a thousand. */
  private record Stage(Database database, FakeChain chain, Hub hub, Gateway gateway)
      implements AutoCloseable {
    static Stage open(Dialect dialect) throws ChainException {
      Database database = Database.open(TestDatabases.empty(dialect), dialect);
      FakeChain chain = new FakeChain(OWN, 1_000);
      HubConfig config = HubConfig.of(1, key(99), Set.of(ASSET)).paying(PayoutRules.free());
      Hub hub = new Hub(database, config, chain::nowSeconds);
      hub.transact(desk -> {
        desk.register(ANN);
        return true;
      });
      Gateway gateway = new Gateway(hub, chain);
      gateway.begin(0);
      Stage stage = new Stage(database, chain, hub, gateway);
      chain.deposit(ANN, ASSET, 1_000, true);
      chain.block(true);
      stage.work();
      return stage;
    }

    void work() throws ChainException {
      while (gateway.step().isBehind()) {
        assertThat(gateway.status().waiting()).isLessThan(10);
      }
    }

    Withdrawal withdraw(long micros) {
      return ((Outcome.Done<Withdrawal>)
              hub.transact(desk -> desk.withdraw(ANN, ASSET, micros, ANN)))
          .value();
    }

    Withdrawal look(Withdrawal withdrawal) {
      return hub.withdrawal(withdrawal.id()).orElseThrow();
    }

    ChainBlock next(List<ChainTransfer> transfers) {
      ChainBlock last = chain.blocks.getLast();
      Hash id = FakeChain.id("after " + last.height());
      return new ChainBlock(
          last.height() + 1,
          id,
          last.id(),
          last.timeSeconds() + FakeChain.BLOCK_SECONDS,
          transfers);
    }

    @Override
    public void close() {
      assertThat(Audit.of(database).findings()).isEmpty();
      database.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockThatDoesNotFollowIsReadAgain(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect)) {
      assertThat(Resumption.halted(stage.database())).isEmpty();
      assertThat(Resumption.resume(stage.database(), 1_000, "nothing to do")).isEmpty();
      ChainBlock right = stage.next(List.of());
      stage
          .chain()
          .blocks
          .add(new ChainBlock(2, FakeChain.id("2"), FakeChain.id("x"), 1_006, List.of()));
      assertThat(stage.gateway().step().halted()).isPresent();
      assertThat(Resumption.halted(stage.database()).orElse("")).contains("does not follow");
      assertThatThrownBy(() -> Resumption.resume(stage.database(), 1_010, "two\nlines"))
          .hasMessageContaining("1 to 100");
      assertThat(Resumption.resume(stage.database(), 1_010, "asked again")).isPresent();
      assertThat(stage.gateway().step().halted()).as("the same block comes").isPresent();

      stage.chain().blocks.set(2, right);
      assertThat(stage.gateway().step().halted()).as("nobody has said so").isPresent();
      assertThat(Resumption.resume(stage.database(), 1_020, "node replaced, ticket 4").orElse(""))
          .contains("does not follow");
      stage.chain().deposit(ANN, ASSET, 5, true);
      stage.chain().block(true);
      stage.work();
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_005, 0, 0));
      assertThat(stage.gateway().status().alarms()).isEmpty();
      assertThat(Resumption.all(stage.database()))
          .extracting(r -> r.atSeconds() + " " + r.reason())
          .containsExactly("1010 asked again", "1020 node replaced, ticket 4");
      for (String change :
          List.of("update resumption set reason = 'x'", "delete from resumption")) {
        assertThatThrownBy(
                () -> stage.database().write(1_030, books -> books.handle().execute(change)))
            .hasMessageContaining("append-only");
      }
    }
  }

  /** What was given up is paid after all: the hub bears it, and no member. */
  @ParameterizedTest
  @EnumSource
  void aPaymentThatWasGivenUpIsPassedOverOnce(Dialect dialect) throws ChainException {
    try (Stage stage = Stage.open(dialect)) {
      Withdrawal lost = stage.withdraw(100);
      while (stage.look(lost).state() != Withdrawal.State.RETURNED) {
        stage.work();
        stage.chain().block(false);
        assertThat(stage.chain().blocks).hasSizeLessThan(100);
      }
      Hash txid = stage.look(lost).payment().orElseThrow().txid();
      ChainTransfer late = new ChainTransfer(txid, 0, OWN, ANN, ASSET, 100, true);
      ChainTransfer sound = new ChainTransfer(FakeChain.id("sound"), 0, ANN, OWN, ASSET, 30, true);
      stage.work();
      stage.chain().blocks.add(stage.next(List.of(sound, late)));
      stage.chain().balance += 30 - 100;
      assertThat(stage.gateway().step().halted().orElse("")).contains("had been given up");
      assertThat(stage.gateway().status().alarms().getFirst()).contains("everything stands still");

      assertThat(Resumption.resume(stage.database(), 2_000, "late block, ticket 5")).isPresent();
      Withdrawal next = stage.withdraw(10);
      stage.work();
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_020, 0, 10));
      assertThat(stage.look(next).state()).isEqualTo(Withdrawal.State.REQUESTED);
      assertThat(Acceptance.differences(stage.database()))
          .containsExactly(
              new Difference(ASSET, stage.chain().blocks.getLast().height(), 1_030, 930));
      assertThat(
              ((Outcome.Refused<?>) Acceptance.accept(stage.database(), 2_001, "ticket 5"))
                  .refusal())
          .isEqualTo(Refusal.INSUFFICIENT_FUNDS);
      stage.chain().deposit(key(7).address(), ASSET, 100, true); // the operator's
      stage.chain().block(true);
      stage.work();
      assertThat(Acceptance.accept(stage.database(), 2_002, "ticket 5, paid in"))
          .isInstanceOf(Outcome.Done.class);
      stage.work();
      stage.chain().block(true);
      stage.work();
      assertThat(stage.look(next).state()).isEqualTo(Withdrawal.State.PAID);
      assertThat(stage.hub().balance(ANN, ASSET)).isEqualTo(new Balance(1_020, 0, 0));
      assertThat(stage.gateway().status().alarms()).isEmpty();
    }
  }
}
