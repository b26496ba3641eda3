package sluice.state.sql;

import java.sql.SQLException;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;

/** Says in our words what SQLite complains of. */
public final class SqlFaults {
  private SqlFaults() {}

  /** What {@code e} means, {@code doing} being what was tried. */
  public static StateException translate(String doing, SQLException e) {
    Kind kind = kind(e);
    return new StateException(kind, doing + ": " + e.getMessage(), e);
  }

  /** What {@code e} means. */
  public static Kind kind(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return Kind.IO;
    }
    SQLiteErrorCode code = sqlite.getResultCode();
    String name = code.name().toUpperCase(Locale.ROOT);
    if (name.startsWith("SQLITE_FULL") || name.startsWith("SQLITE_IOERR_SHM")) {
      return Kind.DISK_FULL;
    }
    if (name.startsWith("SQLITE_CORRUPT") || name.startsWith("SQLITE_NOTADB")) {
      return Kind.DAMAGED;
    }
    if (name.startsWith("SQLITE_CONSTRAINT")) {
      return Kind.DUPLICATE;
    }
    if (name.startsWith("SQLITE_TOOBIG")) {
      return Kind.TOO_LARGE;
    }
    return Kind.IO;
  }
}
