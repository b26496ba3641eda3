package sluice.ledger.hub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * How rows of a table are read: always all columns, in one order.
 *
 * @param table its name
 * @param columns their names, with commas between
 * @param reader makes a value of a row
 */
record Rows<T>(String table, String columns, Reader<T> reader) {
  /** Makes a value of a row. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Rows for which {@code rest} holds, a condition with question marks for {@code values}. */
  List<T> all(Handle handle, String rest, Object... values) {
    var query = handle.createQuery("select " + columns + " from " + table + " where " + rest);
    for (int i = 0; i < values.length; i++) {
      query.bind(i, values[i]);
    }
    return query.map((row, context) -> reader.read(row)).list();
  }

  /** The one row for which it holds, if there is one. */
  Optional<T> one(Handle handle, String rest, Object... values) {
    return all(handle, rest, values).stream().findFirst();
  }
}
