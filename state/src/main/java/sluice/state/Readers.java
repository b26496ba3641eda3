package sluice.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import sluice.state.fault.StateException;
import sluice.state.sql.Database;
import sluice.state.sql.SqlFaults;

/**
 * Connections for reading, kept for the next reader. Any thread; a read runs on its caller's thread
 * and sees one moment of the database.
 */
final class Readers implements AutoCloseable {
  /** Most connections that are kept while nobody reads. */
  private static final int MAX_IDLE = 4;

  private final Path file;
  private final ArrayBlockingQueue<Connection> idle = new ArrayBlockingQueue<>(MAX_IDLE);
  private volatile boolean isClosed;
  private volatile boolean sawDamage;

  Readers(Path file) {
    this.file = file;
  }

  /** What is read from a connection. */
  @FunctionalInterface
  interface Read<T> {
    T from(Connection connection) throws SQLException;
  }

  <T> T read(Read<T> read) {
    if (isClosed) {
      throw new StateException(StateException.Kind.CLOSED, "the state is closed");
    }
    Connection connection = null;
    try {
      connection = idle.poll();
      if (connection == null) {
        connection = Database.reader(file);
      }
      T result = read.from(connection);
      if (!isClosed && idle.offer(connection)) {
        connection = null;
      }
      return result;
    } catch (SQLException e) {
      sawDamage |= SqlFaults.kind(e) == StateException.Kind.DAMAGED;
      throw SqlFaults.translate("reading the state", e);
    } catch (StateException e) {
      sawDamage |= e.kind() == StateException.Kind.DAMAGED;
      throw e;
    } finally {
      if (connection != null) {
        close(connection);
      }
    }
  }

  /** Whether a read failed because the database is damaged. */
  boolean sawDamage() {
    return sawDamage;
  }

  @Override
  public void close() {
    isClosed = true;
    for (Connection c = idle.poll(); c != null; c = idle.poll()) {
      close(c);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw SqlFaults.translate("closing the state", e);
    }
  }
}
