package sluice.state.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;

/**
 * Checks a database: its structure by SQLite, and the checksums of all that is small. The large
 * table of metainfo is left out of a large database; its rows are checked when they are read.
 */
public final class Integrity {
  /** Largest database whose every page is read. */
  private static final long MAX_WHOLE_BYTES = 256L << 20;

  private static final List<String> SMALL =
      List.of("torrent", "counter", "resume", "priority", "written", "setting", "run", "mark");

  private Integrity() {}

  /**
   * Reads {@code file} through {@code connection}.
   *
   * @throws StateException when something is wrong
   */
  public static void check(Connection connection, Path file) {
    try {
      if (Files.size(file) <= MAX_WHOLE_BYTES) {
        structure(connection, "PRAGMA quick_check(1)");
      } else {
        for (String table : SMALL) {
          structure(connection, "PRAGMA quick_check('" + table + "')");
        }
      }
      new Rows(connection).each(row -> {});
      new Details(connection).settings();
    } catch (SQLException e) {
      throw new StateException(Kind.DAMAGED, "the database cannot be read: " + e.getMessage(), e);
    } catch (java.io.IOException e) {
      throw new StateException(Kind.IO, "the database cannot be read: " + e.getMessage(), e);
    }
  }

  private static void structure(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(pragma)) {
      String verdict = row.next() ? row.getString(1) : "no answer";
      if (!"ok".equals(verdict)) {
        throw new StateException(Kind.DAMAGED, "the database is damaged: " + verdict);
      }
    }
  }
}
