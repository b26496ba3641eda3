package sluice.state.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the marks of torrents. One thread. */
public final class Marks {
  private final Statements statements;

  public Marks(Connection connection) {
    this.statements = new Statements(connection);
  }

  /** Those of {@code marks} that {@code id} has not got. */
  public List<Long> lacking(long id, List<Long> marks) throws SQLException {
    List<Long> lacking = new ArrayList<>();
    PreparedStatement select = statements.of("SELECT 1 FROM mark WHERE mark = ? AND id = ?");
    for (long mark : marks) {
      select.setLong(1, mark);
      select.setLong(2, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          lacking.add(mark);
        }
      }
    }
    return lacking;
  }

  /**
   * Torrents other than {@code id} with one of {@code marks}, in the order of these.
   *
   * @param most torrents in all, and torrents that are looked at because of one mark
   */
  public List<Long> sharing(long id, List<Long> marks, int most) throws SQLException {
    Set<Long> found = new LinkedHashSet<>();
    PreparedStatement select =
        statements.of("SELECT id FROM mark WHERE mark = ? AND id <> ? LIMIT ?");
    for (long mark : marks) {
      select.setLong(1, mark);
      select.setLong(2, id);
      select.setLong(3, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next() && found.size() < most) {
          found.add(rows.getLong(1));
        }
      }
      if (found.size() >= most) {
        break;
      }
    }
    return List.copyOf(found);
  }
}
