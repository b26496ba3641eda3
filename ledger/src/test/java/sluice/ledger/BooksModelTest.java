package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Desk;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/**
 * Many operations by chance. After each of them all that it changed is compared with what its
 * entries say; the whole is audited now and then. {@code sluice.ledger.operations} is their number;
 * very many are those of several ledgers side by side, each with operations of its own.
 */
class BooksModelTest {
  private static final long SEED = 7;
  private static final int OPERATIONS = Integer.getInteger("sluice.ledger.operations", 1_500);
  private static final int LEDGERS = OPERATIONS < 100_000 ? 1 : 4;
  private static final int EACH = OPERATIONS / LEDGERS;
  private static final int AT_ONCE = 50;
  private static final int AUDIT_EVERY = Math.max(500, EACH / 5 / 500 * 500);

  /** What a ledger came to. */
  private record Sum(long entries, long refused) {
    Sum plus(Sum other) {
      return new Sum(entries + other.entries, refused + other.refused);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theBooksAreRightAfterEachOperation(Dialect dialect) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(LEDGERS)) {
      List<Future<Sum>> running = new ArrayList<>();
      for (int i = 0; i < LEDGERS; i++) {
        long seed = SEED + i;
        Database database = Database.open(TestDatabases.empty(dialect), dialect);
        running.add(threads.submit(() -> books(database, seed)));
      }
      Sum all = new Sum(0, 0);
      for (Future<Sum> ledger : running) {
        all = all.plus(ledger.get());
      }
      System.out.printf(
          "%s: %d operations on %d ledgers, %d refused, %d entries%n",
          dialect, LEDGERS * EACH, LEDGERS, all.refused(), all.entries());
    }
  }

  private static Sum books(Database opened, long seed) {
    Script script = new Script(seed, EACH);
    try (Database database = opened) {
      Hub hub = new Hub(database, Script.config(), () -> 1_000);
      Script.prepare(hub);
      Watch watch = new Watch();
      long refused = 0;
      for (int step = 0; step < EACH; step += AT_ONCE) {
        int from = step;
        refused += hub.transact(desk -> stretch(desk, script, from, watch, seed));
        if (step % AUDIT_EVERY == 0) {
          assertThat(owed(hub)).as("seed %d, step %d", seed, step).isEqualTo(had(database));
          assertThat(Audit.of(database).findings()).as("seed %d, step %d", seed, step).isEmpty();
        }
      }
      assertThat(owed(hub)).as("seed %d", seed).isEqualTo(had(database));
      Audit audit = Audit.of(database);
      assertThat(audit.findings()).as("seed %d", seed).isEmpty();
      assertThat(audit.entries()).isGreaterThan(EACH / 5).isEqualTo(watch.entries());
      assertThat(refused).isPositive();
      return new Sum(audit.entries(), refused);
    }
  }

  private static long stretch(Desk desk, Script script, int from, Watch watch, long seed) {
    long refused = 0;
    for (int i = from; i < Math.min(EACH, from + AT_ONCE); i++) {
      refused += script.run(desk, i) instanceof Outcome.Refused ? 1 : 0;
      watch.look(desk.handle(), desk.lastEntry(), "seed " + seed + ", step " + i);
    }
    return refused;
  }

  private static long owed(Hub hub) {
    long sum = 0;
    for (int i = 0; i < Script.MEMBERS; i++) {
      Balance balance = hub.balance(Script.member(i), Script.ASSET);
      sum += balance.availableMicros() + balance.lockedMicros() + balance.withdrawingMicros();
    }
    return sum;
  }

  private static long had(Database database) {
    return database.read(handle ->
        handle
            .createQuery("select coalesce(sum(-micros), 0) from account where kind = 'HOT'")
            .mapTo(Long.class)
            .one());
  }
}
