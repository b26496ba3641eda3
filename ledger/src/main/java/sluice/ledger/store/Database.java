package sluice.ledger.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final WriteQueue queue = new WriteQueue();

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
    return write(new WriteJob<>(nowSeconds, work, false));
  }

  /**
   * The same, perhaps in one transaction with others that share theirs. So {@code work} may be run
   * more than once, of which only the last counts: it changes nothing but the database.
   */
  public <T> T share(long nowSeconds, Function<Books, T> work) {
    return write(new WriteJob<>(nowSeconds, work, true));
  }

  private <T> T write(WriteJob<T> job) {
    List<WriteJob<?>> batch = queue.enter(job);
    if (!batch.isEmpty()) {
      try {
        commit(batch);
      } finally {
        queue.leave(batch);
      }
    }
    return job.answer();
  }

  /**
   * Does all of {@code batch} in one transaction. When one of it throws, each is done in its own;
   * not when the connection broke, as that is the same for all.
   */
  private void commit(List<WriteJob<?>> batch) {
    AtomicBoolean again = new AtomicBoolean();
    try {
      jdbi.useTransaction(handle -> {
        Books books = Books.lock(handle, dialect);
        try {
          batch.forEach(job -> job.run(books.at(job.nowSeconds())));
        } catch (RuntimeException | Error e) {
          again.set(batch.size() > 1 && isUsable(handle.getConnection()));
          throw e;
        }
        books.keepHead();
      });
      batch.forEach(WriteJob::committed);
    } catch (RuntimeException | Error e) {
      if (again.get()) {
        batch.forEach(job -> commit(List.of(job)));
      } else {
        batch.forEach(job -> job.failed(e));
      }
    }
  }

  /** The pool closes connections that broke. */
  private static boolean isUsable(Connection connection) {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
