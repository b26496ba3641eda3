package sluice.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A ledger's database with its schema up to date. Any thread; those who write take turns, in the
 * order in which they came.
 */
public final class Database implements AutoCloseable {
  private static final int SQLITE_CONNECTIONS = 4;
  private static final int SERVER_CONNECTIONS = 10;

  private final HikariDataSource pool;
  private final Dialect dialect;
  private final Jdbi jdbi;

  /**
   * Whose turn it is. There is one writer at a time in any case, as each locks the head; but SQLite
   * has those who wait try again after a while, and a pool gives connections to whom it likes, so
   * that some would wait ten times as long as others.
   */
  private final ReentrantLock turn = new ReentrantLock(true);

  private Database(HikariDataSource pool, Dialect dialect) {
    this.pool = pool;
    this.dialect = dialect;
    jdbi = Jdbi.create(pool);
  }

  /** Opens the database at a JDBC address and brings its schema up to date. */
  public static Database open(String url) {
    Dialect dialect = Dialect.of(url);
    if (dialect == Dialect.SQLITE) {
      return open(Dialect.sqlite(url), dialect);
    }
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    return open(config, dialect);
  }

  /** Opens a database by connections of the caller's. */
  public static Database open(DataSource source, Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(source);
    return open(config, dialect);
  }

  private static Database open(HikariConfig config, Dialect dialect) {
    config.setPoolName("ledger");
    config.setMaximumPoolSize(dialect == Dialect.SQLITE ? SQLITE_CONNECTIONS : SERVER_CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations(
              "classpath:sluice/ledger/schema/common",
              "classpath:sluice/ledger/schema/" + dialect.schemaFolder())
          .load()
          .migrate();
      return new Database(pool, dialect);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /** Reads; each statement sees what is committed. */
  public <T> T read(Function<Handle, T> work) {
    return jdbi.withHandle(work::apply);
  }

  /** One transaction that writes: all of it is committed when this returns, or nothing of it. */
  public <T> T write(long nowSeconds, Function<Books, T> work) {
    turn.lock();
    try {
      return jdbi.inTransaction(handle -> work.apply(Books.lock(handle, dialect, nowSeconds)));
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
