package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.book.AccountKind;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.tron.devnet.DevNode;
import sluice.tron.devnet.NodeFault;
import sluice.tron.node.TronNode;
import sluice.tron.tx.BlockRef;
import sluice.tron.tx.SignedTransfer;
import sluice.tron.tx.Transfer;

/**
 * Each fault of a node by itself, at calls by chance during a deposit and a withdrawal, and what
 * members may try with addresses and memos: each is credited once and paid once.
 */
class FaultTest {
  private static final long LIFE = 600_000;
  private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);
  private static final int ROUNDS = Integer.getInteger("sluice.fault.rounds", 1);

  /** Calls of a round. */
  private static final int CALLS = 30;

  private static final int MAX_STEPS = 300;

  @TempDir Path folder;

  private static void step(Town town, Town.Office office) {
    town.chain.produce(1);
    try {
      office.work();
    } catch (ChainException fault) {
      assertThat(fault.getMessage()).contains("the node");
    }
  }

  /** One that never answers is in {@code LineTest}, as its time has to pass. */
  @ParameterizedTest
  @EnumSource(names = "SILENT", mode = EnumSource.Mode.EXCLUDE)
  void whateverGoesWrongOnceIsMadeGood(NodeFault fault) throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress wallet = office.chain.address(0);
      town.send(Town.ANN, wallet, 5_000, LIFE);
      office.live(6);
      long available = 5_000;
      for (int round = 0; round < ROUNDS; round++) {
        long before = town.balance(Town.ANN.address());
        assertThat(town.send(Town.ANN, wallet, 100, LIFE).code().name()).isEqualTo("ACCEPTED");
        Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 52));
        AtomicInteger left = new AtomicInteger(1 + random.nextInt(CALLS));
        Set<NodeFault> met = EnumSet.noneOf(NodeFault.class);
        town.devNode.fail(() -> {
          NodeFault now = left.decrementAndGet() == 0 ? fault : NodeFault.NONE;
          met.add(now);
          return now;
        });
        for (int i = 0; i < MAX_STEPS && !office.state(withdrawal).isEnd(); i++) {
          step(town, office);
        }
        step(town, office);
        town.devNode.fail(DevNode.FaultPlan.NONE);
        office.live(6);
        available += 100 - 52;
        String what = fault + ", seed " + SEED + ", round " + round;
        assertThat(met).as(what).contains(fault);
        assertThat(office.state(withdrawal)).as(what).isEqualTo(Withdrawal.State.PAID);
        assertThat(office.available(Town.ANN)).as(what).isEqualTo(available);
        assertThat(town.balance(Town.ANN.address())).as(what).isEqualTo(before - 100 + 50);
        assertThat(-office.account(AccountKind.HOT)).as(what).isEqualTo(town.balance(wallet));
        assertThat(office.gateway.status().alarms()).as(what).isEmpty();
      }
    }
  }

  /** Two hubs on one database, each with its own node, that both find the same to be paid. */
  @Test
  void twoHubsPayOnce() throws Exception {
    try (Town town = new Town(2);
        DevNode second = DevNode.start(town.chain, DevNode.Access.OPEN);
        Town.Office one = Town.Office.open(town, folder)) {
      Database same =
          Database.open(
              Dialect.sqlite("jdbc:sqlite:" + folder.resolve("ledger.db")), Dialect.SQLITE);
      TronGateway line = town.open(TronNode.connect(second.settings()));
      try (Town.Office two = new Town.Office(town, same, GatewayRules.OPEN, line)) {
        PayAddress wallet = one.chain.address(0);
        town.send(Town.ANN, wallet, 5_000, LIFE);
        long before = 1_000_000 - 5_000;
        for (int i = 0; i < 6; i++) {
          town.chain.produce(1);
          one.work();
          two.work();
        }
        Withdrawal first = TronGatewayTest.value(one.withdraw(Town.ANN, 102));
        Withdrawal other = TronGatewayTest.value(two.withdraw(Town.ANN, 202));
        for (int i = 0; i < 30; i++) {
          (i % 2 == 0 ? two : one).work();
          (i % 2 == 0 ? one : two).work();
          town.chain.produce(1);
        }
        assertThat(one.state(first)).isEqualTo(Withdrawal.State.PAID);
        assertThat(one.state(other)).isEqualTo(Withdrawal.State.PAID);
        assertThat(town.balance(Town.ANN.address())).isEqualTo(before + 100 + 200);
        assertThat(town.balance(wallet)).isEqualTo(5_000 - 300);
        assertThat(two.available(Town.ANN)).isEqualTo(5_000 - 102 - 202);
      }
    }
  }

  /** Coins that would not leave the hub: its books and the chain would differ from then on. */
  @Test
  void nothingIsPaidOutToTheHubItself() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      PayAddress bobs =
          TronGatewayTest.value(
              office.hub.transact(desk -> office.gateway.depositAddress(desk, Town.BOB.address())));
      town.send(Town.ANN, office.chain.address(0), 5_000, LIFE);
      office.live(6);
      Outcome<Withdrawal> refused =
          office.hub.transact(
              desk -> desk.withdraw(Town.ANN.address(), town.asset.id(), 102, bobs));
      assertThat(refused.toString()).contains("FOREIGN_ADDRESS");
      assertThat(office.gateway.wallet()).isEqualTo(office.chain.address(0));
      assertThat(office.available(Town.ANN)).isEqualTo(5_000);
    }
  }

  /** What a memo says is nothing to the hub: neither who is credited nor what is shown. */
  @Test
  void aMemoIsPassedOver() throws Exception {
    try (Town town = new Town(2);
        Town.Office office = Town.Office.open(town, folder)) {
      String memo = "\u001b[2J' or 1=1; to: " + Town.BOB.address().hex();
      SignedTransfer transfer =
          SignedTransfer.sign(
              new Transfer(Town.ANN.address(), office.chain.address(0), town.token, 5_000),
              new BlockRef(town.user.solidHead().id()),
              town.chain.nowMillis(),
              town.chain.nowMillis() + LIFE,
              BString.of(memo),
              Town.ANN);
      assertThat(town.user.broadcast(transfer.bytes()).code().name()).isEqualTo("ACCEPTED");
      office.live(6);
      assertThat(office.available(Town.ANN)).isEqualTo(5_000);
      assertThat(office.available(Town.BOB)).isZero();
      assertThat(office.gateway.status().toString()).doesNotContain("or 1=1");
      assertThat(office.hub.history(Town.ANN.address(), town.asset.id(), Long.MAX_VALUE, 9))
          .hasSize(1)
          .allMatch(line -> !line.toString().contains("or 1=1"));
    }
  }

  /** A hub whose clock is off signs nothing, as it could not tell what is over. */
  @Test
  void aClockThatIsOffSignsNothing() throws Exception {
    try (Town town = new Town(2)) {
      long[] off = {0};
      Database database =
          Database.open(Dialect.sqlite("jdbc:sqlite:" + folder.resolve("c.db")), Dialect.SQLITE);
      try (Town.Office office =
          new Town.Office(
              town,
              database,
              GatewayRules.OPEN,
              town.open(town.connect()),
              () -> town.nowSeconds() + off[0])) {
        town.send(Town.ANN, office.chain.address(0), 5_000, LIFE);
        office.live(6);
        for (long jump : new long[] {-3_600, 3_600, 86_400 * 365}) {
          off[0] = jump;
          Withdrawal withdrawal = TronGatewayTest.value(office.withdraw(Town.ANN, 102));
          office.live(3);
          assertThat(office.state(withdrawal)).as("%d", jump).isEqualTo(Withdrawal.State.REQUESTED);
          assertThat(office.gateway.status().alarms())
              .anyMatch(a -> a.contains("a clock is wrong"));
          off[0] = 0;
          office.live(6);
          assertThat(office.state(withdrawal)).as("%d", jump).isEqualTo(Withdrawal.State.PAID);
        }
      }
    }
  }
}
