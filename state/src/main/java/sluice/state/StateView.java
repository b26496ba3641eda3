package sluice.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import sluice.state.fault.StateException;
import sluice.state.record.TorrentRow;
import sluice.state.sql.Database;
import sluice.state.sql.Rows;
import sluice.state.sql.Schema;
import sluice.state.sql.SqlFaults;

/**
 * A look at the state in a folder without taking the folder: whoever has it goes on, and nothing of
 * it is changed. What is seen is what its owner had written when the reading began. One thread.
 */
public final class StateView implements AutoCloseable {
  private final Connection connection;

  private StateView(Connection connection) {
    this.connection = connection;
  }

  /** Whether a state has ever been kept in {@code dir}. */
  public static boolean isIn(Path dir) {
    return Files.exists(file(dir));
  }

  /**
   * A look at the state in {@code dir}.
   *
   * @throws StateException when it is damaged, cannot be read, or another version made it
   */
  public static StateView open(Path dir) {
    try {
      Connection connection = Database.viewer(file(dir));
      try {
        Schema.requirePresent(connection);
        StateView view = new StateView(connection);
        connection = null;
        return view;
      } finally {
        if (connection != null) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw SqlFaults.translate("reading the state", e);
    }
  }

  /** Gives the list of torrents to {@code consumer}, by rising number, without keeping it. */
  public void forEachRow(Consumer<TorrentRow> consumer) {
    try {
      new Rows(connection).each(consumer);
    } catch (SQLException e) {
      throw SqlFaults.translate("reading the state", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFaults.translate("closing the state", e);
    }
  }

  private static Path file(Path dir) {
    return dir.resolve(Opening.FILE);
  }
}
