package sluice.tron.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import sluice.ledger.gateway.ChainException;
import sluice.ledger.gateway.GatewayRules;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;
import sluice.testkit.DyingSource;
import sluice.tron.devnet.DevNode;
import sluice.tron.node.TronNode;

/**
 * A hub that is started again whenever it has died, on one database. What dies is all that a hub
 * has in memory; pool and line stay most of the time, as they know nothing of it and cost most of a
 * start.
 */
final class Mortal implements AutoCloseable {
  private static final int AUDIT_EACH = 16;
  private static final int OPEN_EACH = 256;

  final Town town;
  final DyingSource source;
  private final TronNode line;
  private final Handle looker;
  private Database database;
  private Town.Office office;
  private long deaths;

  Mortal(Town town, Path folder) throws ChainException {
    this.town = town;
    // What dies here is a process, not a machine.
    DataSource real = Dialect.quickSqlite("jdbc:sqlite:" + folder.resolve("ledger.db"));
    source = new DyingSource(real);
    line = town.connect();
    database = Database.open(source.source(), Dialect.SQLITE);
    looker = Jdbi.create(real).open();
    office = start();
  }

  private Town.Office start() throws ChainException {
    return new Town.Office(town, database, GatewayRules.OPEN, town.open(line));
  }

  /** This hub, or the next one. */
  Town.Office living() throws ChainException {
    if (source.isDead()) {
      bury();
      office = start();
    }
    return office;
  }

  /** Starts a hub that dies at a step of its start, if it has so many; true if it did. */
  boolean startAndDieAt(long step) {
    source.dieIn(step);
    try {
      office = start();
    } catch (ChainException | RuntimeException e) {
      assertThat(source.isDead()).as("%s", e).isTrue();
    }
    boolean died = source.isDead();
    if (died) {
      bury();
    }
    source.revive();
    return died;
  }

  private void bury() {
    deaths++;
    source.revive();
    town.devNode.fail(DevNode.FaultPlan.NONE);
    if (deaths % OPEN_EACH == 0) {
      database.close();
      database = Database.open(source.source(), Dialect.SQLITE);
    }
    if (deaths % AUDIT_EACH == 0) {
      assertThat(Audit.of(database).findings()).as("death %d", deaths).isEmpty();
    }
  }

  long deaths() {
    return deaths;
  }

  /** What is kept of money and blocks; something else once a hub has got on. */
  String progress() {
    List<String> kept =
        looker
            .createQuery(
                "select cast(entry as text) from head union all select cast(height as text) from"
                    + " chain union all select id || state from withdrawal where state in"
                    + " ('REQUESTED', 'BUILT', 'SENT')")
            .mapTo(String.class)
            .list();
    return kept.toString();
  }

  @Override
  public void close() {
    source.revive();
    assertThat(Audit.of(database).findings()).isEmpty();
    looker.close();
    line.close();
    database.close();
  }
}
