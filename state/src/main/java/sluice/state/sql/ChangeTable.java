package sluice.state.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import sluice.state.record.PlaceChange;
import sluice.state.record.PlaceChangeCodec;
import sluice.state.record.RecordException;

/** The changes of places that are intended or were interrupted. One thread. */
public final class ChangeTable {
  private final Connection connection;
  private final Crc crc = new Crc();

  public ChangeTable(Connection connection) {
    this.connection = connection;
  }

  /** Notes what is intended with {@code id}. */
  public void intend(long id, PlaceChange change) throws SQLException {
    byte[] record = PlaceChangeCodec.encode(change);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR REPLACE INTO change VALUES(?, ?, ?)")) {
      insert.setLong(1, id);
      insert.setBytes(2, record);
      insert.setLong(3, crc.begin().add(id).add(record).value());
      insert.executeUpdate();
    }
  }

  /** Nothing is intended with {@code id}. */
  public void settle(long id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM change WHERE id = ?")) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** What is intended with {@code id}. A row that is damaged tells of nothing. */
  public Optional<PlaceChange> find(long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id, record, crc FROM change WHERE id = ?")) {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? read(rows) : Optional.empty();
      }
    }
  }

  /** Gives all that is intended to {@code taker}, but for rows that are damaged. */
  public void each(Taker taker) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, record, crc FROM change ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long id = rows.getLong(1);
        read(rows).ifPresent(change -> taker.take(id, change));
      }
    }
  }

  /** Receives what is intended with a torrent. */
  public interface Taker {
    /** This is intended with {@code id}. */
    void take(long id, PlaceChange change);
  }

  private Optional<PlaceChange> read(ResultSet row) throws SQLException {
    byte[] record = row.getBytes(2);
    boolean sound =
        record != null && crc.begin().add(row.getLong(1)).add(record).value() == row.getLong(3);
    try {
      return sound ? Optional.of(PlaceChangeCodec.decode(record)) : Optional.empty();
    } catch (RecordException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
