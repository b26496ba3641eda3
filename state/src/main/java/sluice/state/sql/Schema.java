package sluice.state.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import sluice.state.fault.StateException;

/**
 * The tables, and how those of an earlier version become those of this one. Step {@code n} of
 * {@link #STEPS} leads from version {@code n} to {@code n + 1}; the version is SQLite's {@code
 * user_version}. Numbers are integers; {@code crc} is the CRC-32C of the row, see {@link Crc}.
 */
public final class Schema {
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE torrent(
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                v1 BLOB, v2 BLOB,
                name TEXT NOT NULL,
                size INTEGER NOT NULL, pieces INTEGER NOT NULL,
                added INTEGER NOT NULL,
                wanted INTEGER NOT NULL, queue INTEGER NOT NULL,
                path TEXT NOT NULL,
                options BLOB NOT NULL,
                crc INTEGER NOT NULL,
                CHECK (v1 IS NOT NULL OR v2 IS NOT NULL)) STRICT
              """,
              "CREATE UNIQUE INDEX torrent_v1 ON torrent(v1) WHERE v1 IS NOT NULL",
              "CREATE UNIQUE INDEX torrent_v2 ON torrent(v2) WHERE v2 IS NOT NULL",
              """
              CREATE TABLE counter(
                id INTEGER PRIMARY KEY,
                done INTEGER NOT NULL, pieces INTEGER NOT NULL,
                uploaded INTEGER NOT NULL, downloaded INTEGER NOT NULL, wasted INTEGER NOT NULL,
                seeding INTEGER NOT NULL, active INTEGER NOT NULL,
                activity INTEGER NOT NULL, completed INTEGER NOT NULL,
                crc INTEGER NOT NULL) STRICT
              """,
              """
              CREATE TABLE metainfo(
                id INTEGER PRIMARY KEY,
                kind INTEGER NOT NULL, crc INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT
              """,
              "CREATE TABLE resume(id INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT",
              "CREATE TABLE priority(id INTEGER PRIMARY KEY, record BLOB NOT NULL) STRICT",
              """
              CREATE TABLE written(
                id INTEGER NOT NULL, piece INTEGER NOT NULL,
                PRIMARY KEY(id, piece)) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE setting(
                key TEXT PRIMARY KEY, type TEXT NOT NULL, value TEXT NOT NULL,
                crc INTEGER NOT NULL) STRICT, WITHOUT ROWID
              """,
              """
              CREATE TABLE run(
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                started INTEGER NOT NULL, ended INTEGER NOT NULL) STRICT
              """,
              "CREATE TABLE forced(only INTEGER PRIMARY KEY CHECK (only = 0),"
                  + " count INTEGER NOT NULL) STRICT",
              "INSERT INTO forced VALUES(0, 0)"),
          List.of(
              """
              CREATE TABLE mark(
                mark INTEGER NOT NULL, id INTEGER NOT NULL,
                PRIMARY KEY(mark, id)) STRICT, WITHOUT ROWID
              """,
              "CREATE INDEX mark_id ON mark(id)"),
          List.of(
              """
              CREATE TABLE change(
                id INTEGER PRIMARY KEY,
                record BLOB NOT NULL, crc INTEGER NOT NULL) STRICT
              """),
          List.of("ALTER TABLE counter ADD COLUMN idle INTEGER NOT NULL DEFAULT 0"));

  private static final int IDLE_VERSION = 4;

  private Schema() {}

  /** Brings the database to this version. */
  public static void migrate(Connection connection) throws SQLException {
    migrate(connection, STEPS);
  }

  /** Fails unless the database has this version. */
  public static void requirePresent(Connection connection) throws SQLException {
    if (isOld(connection)) {
      throw new StateException(
          StateException.Kind.IO,
          "the state was made by an earlier version; it can be read after this one has used it");
    }
    migrate(connection, STEPS);
  }

  /** Whether the database has a version that {@link #migrate} would change. */
  static boolean isOld(Connection connection) throws SQLException {
    return version(connection) < STEPS.size();
  }

  /** Whether its counters have the time without an upload. */
  static boolean hasIdle(Connection connection) throws SQLException {
    return version(connection) >= IDLE_VERSION;
  }

  static void migrate(Connection connection, List<List<String>> steps) throws SQLException {
    long version = version(connection);
    if (version > steps.size()) {
      throw new StateException(
          StateException.Kind.NEWER,
          "the state has version " + version + ", this program knows up to " + steps.size());
    }
    try (Statement statement = connection.createStatement()) {
      for (int step = (int) version; step < steps.size(); step++) {
        statement.execute("BEGIN IMMEDIATE");
        try {
          for (String sql : steps.get(step)) {
            statement.execute(sql);
          }
          statement.execute("PRAGMA user_version=" + (step + 1));
          statement.execute("COMMIT");
        } catch (SQLException e) {
          statement.execute("ROLLBACK");
          throw e;
        }
      }
    }
  }

  private static long version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
