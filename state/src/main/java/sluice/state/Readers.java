package sluice.state;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import sluice.state.fault.StateException;
import sluice.state.sql.ChangeTable;
import sluice.state.sql.Database;
import sluice.state.sql.Details;
import sluice.state.sql.Marks;
import sluice.state.sql.Rows;
import sluice.state.sql.SqlFaults;

/**
 * Connections for reading, kept for the next reader. Any thread; a read runs on its caller's thread
 * and sees one moment of the database.
 */
final class Readers implements AutoCloseable {
  /** Most connections that are kept while nobody reads. */
  private static final int MAX_IDLE = 4;

  private final Path file;
  private final ArrayBlockingQueue<Reader> idle = new ArrayBlockingQueue<>(MAX_IDLE);
  private volatile boolean isClosed;
  private volatile boolean sawDamage;

  Readers(Path file) {
    this.file = file;
  }

  /** What is read by a connection. */
  @FunctionalInterface
  interface Read<T> {
    T by(Reader reader) throws SQLException;
  }

  /** A connection, and what reads by it. */
  record Reader(
      Connection connection, Rows rows, Details details, Marks marks, ChangeTable changes) {
    static Reader open(Path file) throws SQLException {
      Connection connection = Database.reader(file);
      return new Reader(
          connection,
          new Rows(connection),
          new Details(connection),
          new Marks(connection),
          new ChangeTable(connection));
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw SqlFaults.translate("closing the state", e);
      }
    }
  }

  <T> T read(Read<T> read) {
    if (isClosed) {
      throw new StateException(StateException.Kind.CLOSED, "the state is closed");
    }
    Reader reader = null;
    try {
      reader = idle.poll();
      if (reader == null) {
        reader = Reader.open(file);
      }
      T result = read.by(reader);
      if (!isClosed && idle.offer(reader)) {
        reader = null;
      }
      return result;
    } catch (SQLException e) {
      sawDamage |= SqlFaults.kind(e) == StateException.Kind.DAMAGED;
      throw SqlFaults.translate("reading the state", e);
    } catch (StateException e) {
      sawDamage |= e.kind() == StateException.Kind.DAMAGED;
      throw e;
    } finally {
      if (reader != null) {
        reader.close();
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
    for (Reader r = idle.poll(); r != null; r = idle.poll()) {
      r.close();
    }
  }
}
