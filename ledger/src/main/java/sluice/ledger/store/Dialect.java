package sluice.ledger.store;

import java.util.Properties;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The databases that are spoken, and where they differ. */
public enum Dialect {
  /** One file; one writer. */
  SQLITE("sqlite", ""),
  /** A server. */
  POSTGRESQL("postgresql", " for update");

  private static final int BUSY_MILLIS = 30_000;

  private final String schemaFolder;
  private final String lock;

  Dialect(String schemaFolder, String lock) {
    this.schemaFolder = schemaFolder;
    this.lock = lock;
  }

  /** Which database a JDBC address names. */
  public static Dialect of(String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return SQLITE;
    } else if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new IllegalArgumentException(
        "a ledger's database is jdbc:sqlite:FILE or jdbc:postgresql://HOST/NAME");
  }

  String schemaFolder() {
    return schemaFolder;
  }

  /** What a query ends with that locks its rows until the transaction ends. */
  String lock() {
    return lock;
  }

  /** Connections to a SQLite file that survive a loss of power and write one at a time. */
  public static DataSource sqlite(String url) {
    return sqlite(url, SQLiteConfig.SynchronousMode.FULL);
  }

  /** The same where a killed process loses nothing, but a loss of power may cost the file. */
  public static DataSource quickSqlite(String url) {
    return sqlite(url, SQLiteConfig.SynchronousMode.OFF);
  }

  private static DataSource sqlite(String url, SQLiteConfig.SynchronousMode mode) {
    SQLiteConfig config = new SQLiteConfig(new Properties());
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(mode);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }
}
