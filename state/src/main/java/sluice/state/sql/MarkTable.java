package sluice.state.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes the marks of torrents, by which those with common content are found. Writer's thread. */
public final class MarkTable {
  private final PreparedStatement insert;

  public MarkTable(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT OR IGNORE INTO mark VALUES(?, ?)");
  }

  /** Adds marks of {@code id}. */
  public void add(long id, List<Long> marks) throws SQLException {
    for (long mark : marks) {
      insert.setLong(1, mark);
      insert.setLong(2, id);
      insert.executeUpdate();
    }
  }
}
