package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tron.trident.proto.Chain.Transaction;
import sluice.ledger.book.AccountKind;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Withdrawal;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.market.sign.PayKey;
import sluice.testkit.DyingSource;
import sluice.tron.devnet.DevChain;
import sluice.tron.devnet.NodeFault;
import sluice.tron.node.NodeException;

/**
 * A hub that dies, on its way through deposits and withdrawals, at each of its calls to its
 * database and at each call to the chain and each of its answers, in turn; while nodes fail by
 * chance, transactions fail, and the chain forks. In the end each deposit is credited once, each
 * withdrawal paid once or given back once, and books equal the chain. {@code sluice.tron.transfers}
 * is the number of deposits and withdrawals.
 */
class CrashTest {
  private static final int TRANSFERS = Integer.getInteger("sluice.tron.transfers", 4);
  private static final int STRIDE = Integer.getInteger("sluice.tron.stride", 1);
  private static final long SEED = Long.getLong("sluice.tron.seed", 20_261_126L);
  private static final long LIFE = 900_000;
  private static final NodeFault[] FAULTS = NodeFault.values();
  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<PayKey, Long> sent = new HashMap<>();
  private final List<Withdrawal> asked = new ArrayList<>();
  private long nextDeath = 1;
  private long deaths;
  private long faults;

  @Test
  void whereverItDiesNothingIsLostOrDoneTwice() throws Exception {
    try (Town town = new Town(2)) {
      Run run = new Run(town);
      for (int i = 0; i < TRANSFERS; i++) {
        run = transfer(run, i);
        run = passTime(run, 2 + random.nextInt(3));
        if (random.nextInt(10) == 0) {
          fork(run);
        }
      }
      town.devNode.fail(() -> NodeFault.NONE);
      for (int i = 0; i < 280; i++) { // until all that never was taken has expired
        town.chain.produce(1);
        run = work(run, false);
      }
      check(run);
      run.office.close();
    }
    System.out.println(
        TRANSFERS + " transfers, " + deaths + " deaths, " + faults + " faults, seed " + SEED);
    assertThat(deaths).isGreaterThan(TRANSFERS);
  }

  /** A hub from its start to its death. */
  private final class Run {
    private final DyingSource source;
    private final Town.Office office;

    Run(Town town) throws ChainException {
      source = new DyingSource(Dialect.sqlite("jdbc:sqlite:" + folder.resolve("ledger.db")));
      office =
          new Town.Office(town, Database.open(source.source(), Dialect.SQLITE), GatewayRules.OPEN);
    }
  }

  /** This hub, or the next one on its database, whose books are right. */
  private Run living(Run run) throws ChainException {
    if (!run.source.isDead()) {
      return run;
    }
    deaths++;
    Town town = run.office.town;
    town.devNode.fail(() -> NodeFault.NONE);
    run.office.chain.close();
    run.office.database.close();
    Run next = new Run(town);
    assertThat(Audit.of(next.office.database).findings()).as("seed %d", SEED).isEmpty();
    return next;
  }

  private Run transfer(Run run, int number) throws Exception {
    Town town = run.office.town;
    PayKey member = random.nextBoolean() ? Town.ANN : Town.BOB;
    if (random.nextInt(8) == 0) {
      town.chain.failNext(java.util.Optional.of(Transaction.Result.contractResult.OUT_OF_ENERGY));
    }
    if (number < 3 || random.nextBoolean()) {
      town.devNode.fail(() -> NodeFault.NONE);
      assertThat(town.send(member, run.office.chain.address(0), 1_000 + number, LIFE).code().name())
          .isEqualTo("ACCEPTED");
      sent.merge(member, 1L, Long::sum);
    } else {
      long micros = 20 + random.nextInt(200);
      Outcome<Withdrawal> outcome = run.office.withdraw(member, micros);
      if (outcome instanceof Outcome.Done<Withdrawal>(Withdrawal withdrawal)) {
        asked.add(withdrawal);
      }
    }
    return run;
  }

  private Run passTime(Run run, int blocks) throws Exception {
    Run now = run;
    for (int i = 0; i < blocks; i++) {
      now.office.town.chain.produce(1);
      now = work(now, true);
    }
    return now;
  }

  /** Lets the gateway work, and die, until it has got through. */
  private Run work(Run run, boolean dies) throws Exception {
    Run now = run;
    for (int tries = 0; tries < 60; tries++) {
      now = living(now);
      DyingSource source = now.source;
      if (dies) {
        source.dieIn(nextDeath, (source.steps() + nextDeath) % 2 == 1);
      }
      Town.Office office = now.office;
      office.town.devNode.fail(() -> fault(source, dies));
      try {
        while (office.gateway.step().isBehind()) {
          assertThat(office.gateway.status().alarms()).noneMatch(a -> a.contains("everything"));
        }
        source.live();
        office.town.devNode.fail(() -> NodeFault.NONE);
        if (!source.isDead()) {
          nextDeath = 1 + random.nextInt(STRIDE); // it got beyond all of its steps
          return now;
        }
      } catch (ChainException | JdbiException e) {
        nextDeath = source.isDead() ? nextDeath + STRIDE : nextDeath;
        if (!source.isDead() && !dies) {
          throw e;
        }
      }
    }
    nextDeath += 7;
    now = living(now);
    now.source.live();
    now.office.town.devNode.fail(() -> NodeFault.NONE);
    return now;
  }

  /** What becomes of a call to the chain: a step, at which the hub may die before or after it. */
  private NodeFault fault(DyingSource source, boolean dies) {
    synchronized (random) {
      if (source.step()) {
        return random.nextBoolean() ? NodeFault.UNAVAILABLE : NodeFault.ANSWER_LOST;
      } else if (!dies || random.nextInt(12) > 0) {
        return NodeFault.NONE;
      }
      NodeFault fault = FAULTS[random.nextInt(FAULTS.length)];
      boolean isQuick = fault != NodeFault.SILENT && fault != NodeFault.EMPTY;
      faults += isQuick ? 1 : 0;
      return isQuick ? fault : NodeFault.NONE;
    }
  }

  /** The other side of a cut wins, and has none of this side's transactions in its blocks. */
  private void fork(Run run) throws NodeException {
    DevChain chain = run.office.town.chain;
    DevChain other = chain.fork();
    chain.produce(3);
    other.forget();
    for (int i = 0; i < 5; i++) {
      other.produceEmpty();
    }
    chain.reorganize(other);
  }

  private void check(Run run) throws NodeException {
    Town town = run.office.town;
    assertThat(run.office.hub.underWay()).as("seed %d", SEED).isEmpty();
    assertThat(-run.office.account(AccountKind.HOT))
        .as("seed %d", SEED)
        .isEqualTo(town.balance(run.office.chain.address(0)));
    for (PayKey member : List.of(Town.ANN, Town.BOB)) {
      long inBooks = run.office.available(member);
      long fees = 0;
      for (Withdrawal w : asked) {
        Withdrawal.State end = run.office.state(w);
        assertThat(end.isEnd()).isTrue();
        if (w.member().equals(member.address()) && end == Withdrawal.State.PAID) {
          fees += w.feeMicros();
          assertThat(
                  town.chain.heightOf(
                      run.office
                          .hub
                          .withdrawal(w.id())
                          .orElseThrow()
                          .payment()
                          .orElseThrow()
                          .txid()))
              .isPresent();
        }
      }
      long onChain = town.balance(member.address());
      // Whatever happened: nothing of a member's million is lost or made, but the hub's fees.
      assertThat(inBooks + onChain + fees).as("seed %d, %s", SEED, member).isEqualTo(1_000_000);
    }
    assertThat(run.office.gateway.status().alarms()).isEmpty();
  }
}
