package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ledger.Keys.key;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Balance;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.hub.Outcome;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/**
 * Many operations by chance: what is in the books is what was deposited, and they audit clean.
 * {@code sluice.ledger.operations} is their number.
 */
class BooksModelTest {
  private static final long SEED = 7;
  private static final int OPERATIONS = Integer.getInteger("sluice.ledger.operations", 1_500);
  private static final int AT_ONCE = 50;

  @ParameterizedTest
  @EnumSource
  void theBooksAreRightAfterEachStretch(Dialect dialect) {
    Script script = new Script(SEED, OPERATIONS);
    try (Database database = Database.open(TestDatabases.empty(dialect), dialect)) {
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(Script.ASSET)), () -> 1_000);
      Script.prepare(hub);
      long refused = 0;
      for (int step = 0; step < OPERATIONS; step += AT_ONCE) {
        int from = step;
        refused +=
            hub.transact(desk -> {
              long no = 0;
              for (int i = from; i < Math.min(OPERATIONS, from + AT_ONCE); i++) {
                no += script.run(desk, i) instanceof Outcome.Refused ? 1 : 0;
              }
              return no;
            });
        assertThat(owed(hub)).as("seed %d, step %d", SEED, step).isEqualTo(had(database));
      }
      Audit audit = Audit.of(database);
      assertThat(audit.findings()).as("seed %d", SEED).isEmpty();
      assertThat(audit.entries()).isGreaterThan(OPERATIONS / 5);
      assertThat(refused).isPositive();
    }
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
