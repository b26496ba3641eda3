package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

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
 * entries say; the whole is audited now and then. {@code sluice.ledger.operations} is their number.
 */
class BooksModelTest {
  private static final long SEED = 7;
  private static final int OPERATIONS = Integer.getInteger("sluice.ledger.operations", 1_500);
  private static final int AT_ONCE = 50;
  private static final int AUDIT_EVERY = Math.max(500, OPERATIONS / 10 / 500 * 500);

  @ParameterizedTest
  @EnumSource
  void theBooksAreRightAfterEachOperation(Dialect dialect) {
    Script script = new Script(SEED, OPERATIONS);
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      Hub hub = new Hub(database, Script.config(), () -> 1_000);
      Script.prepare(hub);
      Watch watch = new Watch();
      long refused = 0;
      for (int step = 0; step < OPERATIONS; step += AT_ONCE) {
        int from = step;
        refused += hub.transact(desk -> stretch(desk, script, from, watch));
        if (step % AUDIT_EVERY == 0) {
          assertThat(owed(hub)).as("seed %d, step %d", SEED, step).isEqualTo(had(database));
          assertThat(Audit.of(database).findings()).as("seed %d, step %d", SEED, step).isEmpty();
        }
      }
      assertThat(owed(hub)).as("seed %d", SEED).isEqualTo(had(database));
      Audit audit = Audit.of(database);
      assertThat(audit.findings()).as("seed %d", SEED).isEmpty();
      assertThat(audit.entries()).isGreaterThan(OPERATIONS / 5).isEqualTo(watch.entries());
      assertThat(refused).isPositive();
      System.out.printf(
          "%s: %d operations, %d refused, %d entries%n",
          dialect, OPERATIONS, refused, audit.entries());
    }
  }

  private static long stretch(Desk desk, Script script, int from, Watch watch) {
    long refused = 0;
    for (int i = from; i < Math.min(OPERATIONS, from + AT_ONCE); i++) {
      refused += script.run(desk, i) instanceof Outcome.Refused ? 1 : 0;
      watch.look(desk.handle(), "seed " + SEED + ", step " + i);
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
