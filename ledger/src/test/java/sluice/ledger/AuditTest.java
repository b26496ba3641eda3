package sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ledger.Keys.key;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.ledger.hub.Hub;
import sluice.ledger.hub.HubConfig;
import sluice.ledger.store.Audit;
import sluice.ledger.store.Database;
import sluice.ledger.store.Dialect;

/** Foreign hands in the tables: they are kept off, or found out. */
class AuditTest {
  private static final String ASSET = "test:coins";

  @ParameterizedTest
  @EnumSource
  void entriesCannotBeChanged(Dialect dialect) throws SQLException {
    DataSource source = books(dialect);
    for (String sql :
        List.of(
            "update entry set reference = 'x'",
            "delete from entry",
            "update posting set micros = 7",
            "delete from posting")) {
      assertThatThrownBy(() -> execute(source, sql)).hasMessageContaining("append-only");
    }
    assertThatThrownBy(
            () -> execute(source, "update account set micros = -1 where kind = 'AVAILABLE'"))
        .isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsChangedAllTheSameIsFound(Dialect dialect) throws SQLException {
    DataSource source = books(dialect);
    execute(source, "update account set micros = micros + 1 where kind = 'AVAILABLE'");
    assertThat(findings(source, dialect))
        .anyMatch(f -> f.startsWith("I7"))
        .anyMatch(f -> f.startsWith("I5"));
    execute(source, "update account set micros = micros - 1 where kind = 'AVAILABLE'");
    assertThat(findings(source, dialect)).isEmpty();
    execute(source, "update head set entry = entry + 1");
    assertThat(findings(source, dialect)).singleElement().asString().startsWith("I6: the head");
    execute(source, "update head set entry = entry - 1");
    execute(
        source,
        dialect == Dialect.SQLITE
            ? "drop trigger posting_update"
            : "alter table posting disable trigger all");
    execute(source, "update posting set micros = -micros");
    assertThat(findings(source, dialect)).anyMatch(f -> f.startsWith("I6: entry 1 was changed"));
  }

  private static DataSource books(Dialect dialect) {
    DataSource source = TestDatabases.empty(dialect);
    try (Database database = Database.open(source, dialect)) {
      Hub hub = new Hub(database, HubConfig.of(1, key(99), Set.of(ASSET)), () -> 5);
      hub.transact(desk -> {
        desk.register(key(1).address());
        desk.deposit(key(1).address(), ASSET, 10, "a");
        return desk.deposit(key(1).address(), ASSET, 20, "b");
      });
    }
    assertThat(findings(source, dialect)).isEmpty();
    return source;
  }

  private static List<String> findings(DataSource source, Dialect dialect) {
    try (Database database = Database.open(source, dialect)) {
      Audit audit = Audit.of(database);
      assertThat(audit.entries()).isEqualTo(2);
      return audit.findings();
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
