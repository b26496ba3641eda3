package sluice.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import sluice.ledger.store.Dialect;

/**
 * Empty databases: SQLite in a new folder, or one of a real PostgreSQL that runs while tests do.
 * They do not wait for the device, as tests kill processes and not machines; those for measurements
 * do.
 */
public final class TestDatabases {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private TestDatabases() {}

  /** Connections to an empty database. */
  public static DataSource empty(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> Dialect.quickSqlite("jdbc:sqlite:" + folder().resolve("ledger.db"));
      case POSTGRESQL -> server().getDatabase("postgres", create(true));
    };
  }

  /** The same as a hub has it, with each commit on the device. */
  public static DataSource durable(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> Dialect.sqlite("jdbc:sqlite:" + folder().resolve("ledger.db"));
      case POSTGRESQL -> server().getDatabase("postgres", create(false));
    };
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("ledger");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDBC address of an empty database of PostgreSQL, for other processes. */
  public static String postgresUrl() {
    return server().getJdbcUrl("postgres", create(true));
  }

  private static String create(boolean quick) {
    String name = "ledger" + COUNTER.incrementAndGet();
    EmbeddedPostgres postgres = server();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
      if (quick) {
        statement.execute("alter database " + name + " set synchronous_commit = off");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null) {
      try {
        running = EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = running;
    }
    return running;
  }
}
