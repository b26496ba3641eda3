package sluice.state.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/** How connections to a database file are opened, and what SQLite is told about it. */
public final class Database {
  /** Pages after which the write-ahead log is copied into the database: 16 MiB. */
  private static final int CHECKPOINT_PAGES = 4_096;

  /** Longest write-ahead log that is left on the disk when it was copied. */
  private static final int MAX_IDLE_WAL_BYTES = 32 << 20;

  private static final int WRITER_CACHE_KIB = 8_192;
  private static final int READER_CACHE_KIB = 1_024;
  private static final int BUSY_MILLIS = 30_000;

  private Database() {}

  /** The one connection that writes. */
  public static Connection writer(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    Connection connection = open(file, config);
    try {
      execute(connection, "PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
      execute(connection, "PRAGMA journal_size_limit=" + MAX_IDLE_WAL_BYTES);
      execute(connection, "PRAGMA cache_size=-" + WRITER_CACHE_KIB);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** A connection that cannot write. */
  public static Connection reader(Path file) throws SQLException {
    Connection connection = open(file, config());
    try {
      execute(connection, "PRAGMA query_only=1");
      execute(connection, "PRAGMA cache_size=-" + READER_CACHE_KIB);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection for a program that has not taken the folder. It cannot write, and its end leaves
   * the log of changes as it is.
   */
  public static Connection viewer(Path file) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(file, config);
  }

  /** A connection that may copy the database into another file. */
  public static Connection copier(Path file) throws SQLException {
    return open(file, config());
  }

  /** Runs one statement without parameters. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.enableLoadExtension(false);
    return config;
  }

  private static Connection open(Path file, SQLiteConfig config) throws SQLException {
    Properties properties = config.toProperties();
    return JDBC.createConnection("jdbc:sqlite:" + file.toAbsolutePath(), properties);
  }
}
