package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tron.trident.proto.Chain.Transaction;
import sluice.ledger.book.AccountKind;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayKey;
import sluice.testkit.DyingSource;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.DevNode;
import sluice.tron.devnet.NodeFault;
import sluice.tron.node.NodeException;

/**
 * A hub that dies, on its way through deposits and withdrawals, before each of its statements,
 * before and after each commit, before each call to the chain and before each of its answers, in
 * turn; while nodes fail by chance, transactions fail, and the chain forks. Once it has got on, its
 * steps are counted anew. In the end each deposit is credited once, each withdrawal paid once or
 * given back once, and books equal the chain.
 *
 * <p>{@code sluice.tron.transfers} is the number of deposits and withdrawals; with {@code
 * sluice.tron.stride} it dies at each so-and-so-many-th step only.
 */
class CrashTest {
  private static final int TRANSFERS = Integer.getInteger("sluice.tron.transfers", 4);
  private static final int STRIDE = Integer.getInteger("sluice.tron.stride", 1);
  private static final long SEED = Long.getLong("sluice.tron.seed", 20_261_126L);
  private static final long LIFE = 900_000;
  private static final NodeFault[] FAULTS = NodeFault.values();

  /** More steps than any work of one block has. */
  private static final int MOST_STEPS = 2_000;

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Withdrawal> asked = new ArrayList<>();
  private long faults;

  @Test
  void whereverItDiesNothingIsLostOrDoneTwice() throws Exception {
    try (Town town = new Town(2);
        Mortal hub = new Mortal(town, folder)) {
      for (int i = 0; i < TRANSFERS; i++) {
        transfer(hub, i);
        for (int block = 2 + random.nextInt(3); block > 0; block--) {
          town.chain.produce(1);
          workAndDie(hub);
        }
        if (random.nextInt(10) == 0) {
          fork(town);
        }
      }
      for (int i = 0; i < 280; i++) { // until all that never was taken has expired
        town.chain.produce(1);
        hub.living().work();
      }
      check(hub.living());
      System.out.printf(
          "%d transfers, %d deaths, %d faults, seed %d%n", TRANSFERS, hub.deaths(), faults, SEED);
      assertThat(hub.deaths()).isGreaterThan(TRANSFERS * 10L / STRIDE);
    }
  }

  /** The same while it starts, with a payment under way. */
  @Test
  void itMayDieWhileItStarts() throws Exception {
    try (Town town = new Town(2);
        Mortal hub = new Mortal(town, folder)) {
      town.send(Town.ANN, hub.living().chain.address(0), 5_000, LIFE);
      hub.living().live(6);
      Withdrawal withdrawal = TronGatewayTest.value(hub.living().withdraw(Town.ANN, 102));
      hub.living().work();
      int step = 1;
      do {
        town.devNode.fail(() -> death(hub.source));
        assertThat(step).isLessThan(MOST_STEPS);
      } while (hub.startAndDieAt(step++));
      town.devNode.fail(DevNode.FaultPlan.NONE);
      assertThat(hub.deaths()).isEqualTo(step - 2).isGreaterThan(10);
      hub.living().live(6);
      assertThat(hub.living().state(withdrawal)).isEqualTo(Withdrawal.State.PAID);
      assertThat(hub.living().available(Town.ANN)).isEqualTo(4_898);
    }
  }

  private void transfer(Mortal hub, int number) throws Exception {
    Town town = hub.town;
    Town.Office office = hub.living();
    PayKey member = random.nextBoolean() ? Town.ANN : Town.BOB;
    if (random.nextInt(8) == 0) {
      town.chain.failNext(Optional.of(Transaction.Result.contractResult.OUT_OF_ENERGY));
    }
    if (number < 3 || random.nextBoolean()) {
      assertThat(town.send(member, office.chain.address(0), 1_000 + number, LIFE).code().name())
          .isEqualTo("ACCEPTED");
    } else {
      long micros = 20 + random.nextInt(200);
      Outcome<Withdrawal> outcome = office.withdraw(member, micros);
      if (outcome instanceof Outcome.Done<Withdrawal>(Withdrawal withdrawal)) {
        asked.add(withdrawal);
      }
    }
  }

  /** Lets the gateway work, and die at each of its steps in turn, until it has got through. */
  private void workAndDie(Mortal hub) throws Exception {
    long step = 1 + random.nextInt(STRIDE);
    String before = hub.progress();
    while (true) {
      assertThat(step).isLessThan(MOST_STEPS);
      Town.Office office = hub.living();
      hub.source.dieIn(step);
      hub.town.devNode.fail(() -> fault(hub.source));
      boolean failed = fails(office);
      if (!hub.source.isDead()) {
        if (failed) {
          continue; // a fault of the node: it tries again
        }
        hub.source.revive();
        hub.town.devNode.fail(DevNode.FaultPlan.NONE);
        return; // it got beyond all of its steps
      }
      String now = hub.progress();
      step = now.equals(before) ? step + STRIDE : 1 + random.nextInt(STRIDE);
      before = now;
    }
  }

  private static boolean fails(Town.Office office) {
    try {
      office.work();
      return false;
    } catch (ChainException | JdbiException deadOrFaulty) {
      return true;
    }
  }

  /** What becomes of a call to the chain: it may die before it, and before its answer. */
  private static NodeFault death(DyingSource source) {
    if (source.step()) {
      return NodeFault.UNAVAILABLE;
    }
    return source.step() ? NodeFault.ANSWER_LOST : NodeFault.NONE;
  }

  /** The same with faults of the node by chance. */
  private NodeFault fault(DyingSource source) {
    synchronized (random) {
      NodeFault death = death(source);
      if (death != NodeFault.NONE || random.nextInt(12) > 0) {
        return death;
      }
      NodeFault fault = FAULTS[random.nextInt(FAULTS.length)];
      boolean isQuick = fault != NodeFault.SILENT && fault != NodeFault.EMPTY;
      faults += isQuick ? 1 : 0;
      return isQuick ? fault : NodeFault.NONE;
    }
  }

  /** The other side of a cut wins, and has none of this side's transactions in its blocks. */
  private static void fork(Town town) {
    DevChain other = town.chain.fork();
    town.chain.produce(3);
    other.forget();
    for (int i = 0; i < 5; i++) {
      other.produceEmpty();
    }
    town.chain.reorganize(other);
  }

  private void check(Town.Office office) throws NodeException {
    Town town = office.town;
    assertThat(office.hub.underWay()).as("seed %d", SEED).isEmpty();
    assertThat(-office.account(AccountKind.HOT))
        .as("seed %d", SEED)
        .isEqualTo(town.balance(office.chain.address(0)));
    for (PayKey member : List.of(Town.ANN, Town.BOB)) {
      long fees = 0;
      for (Withdrawal w : asked) {
        Withdrawal.State end = office.state(w);
        assertThat(end.isEnd()).isTrue();
        if (w.member().equals(member.address()) && end == Withdrawal.State.PAID) {
          fees += w.feeMicros();
          var paid = office.hub.withdrawal(w.id()).orElseThrow().payment().orElseThrow();
          assertThat(town.chain.heightOf(paid.txid())).isPresent();
        }
      }
      // Whatever happened: nothing of a member's million is lost or made, but the hub's fees.
      assertThat(office.available(member) + town.balance(member.address()) + fees)
          .as("seed %d, %s", SEED, member)
          .isEqualTo(1_000_000);
    }
    assertThat(office.gateway.status().alarms()).isEmpty();
  }
}
