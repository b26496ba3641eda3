package sluice.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
  private static final List<String> DURABLE = List.of("fsync", "synchronous_commit");
  private static @Nullable EmbeddedPostgres quick;
  private static @Nullable EmbeddedPostgres durable;

  private TestDatabases() {}

  /** Connections to an empty database. */
  public static DataSource empty(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> Dialect.quickSqlite("jdbc:sqlite:" + folder().resolve("ledger.db"));
      case POSTGRESQL -> quick().getDatabase("postgres", create(quick()));
    };
  }

  /** The same as a hub has it, with each commit on the device. */
  public static DataSource durable(Dialect dialect) {
    return switch (dialect) {
      case SQLITE -> Dialect.sqlite("jdbc:sqlite:" + folder().resolve("ledger.db"));
      case POSTGRESQL -> durable().getDatabase("postgres", create(durable()));
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
    return quick().getJdbcUrl("postgres", create(quick()));
  }

  private static String create(EmbeddedPostgres server) {
    String name = "ledger" + COUNTER.incrementAndGet();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  /**
   * A server as the library starts it: without {@code fsync}, and with commits that do not wait.
   */
  private static synchronized EmbeddedPostgres quick() {
    EmbeddedPostgres running = quick;
    if (running == null) {
      running = start(EmbeddedPostgres.builder());
      quick = running;
    }
    return running;
  }

  /** A server as people run it. */
  private static synchronized EmbeddedPostgres durable() {
    EmbeddedPostgres running = durable;
    if (running == null) {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
      DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
      running = start(builder);
      durable = running;
      DURABLE.forEach(TestDatabases::expectOn);
    }
    return running;
  }

  private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library's own options say otherwise: what counts is what the server says. */
  private static void expectOn(String setting) {
    try (Connection connection = durable().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("show " + setting)) {
      if (!value.next() || !value.getString(1).equals("on")) {
        throw new IllegalStateException(setting + " is " + value.getString(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
