package sluice.state.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.state.fault.StateException;
import sluice.state.record.Counters;
import sluice.state.record.OptionsCodec;
import sluice.state.record.Progress;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentRow;

/** Writes torrents and their counters. The writer's thread. */
public final class TorrentTable {
  /** Every table that has rows of a torrent, by its number {@code id}. */
  private static final List<String> TABLES =
      List.of("torrent", "counter", "metainfo", "resume", "priority", "written", "mark", "change");

  private final PreparedStatement insert;
  private final PreparedStatement counter;
  private final PreparedStatement exists;
  private final List<PreparedStatement> deletes;
  private final Rows rows;
  private final Crc crc = new Crc();
  private long lastId;

  public TorrentTable(Connection connection) throws SQLException {
    insert =
        connection.prepareStatement(
            """
            INSERT INTO torrent(id, v1, v2, name, size, pieces, added, wanted, queue, path, options,
              crc) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(id) DO UPDATE SET v1 = excluded.v1, v2 = excluded.v2,
              name = excluded.name, size = excluded.size, pieces = excluded.pieces,
              added = excluded.added, wanted = excluded.wanted, queue = excluded.queue,
              path = excluded.path, options = excluded.options, crc = excluded.crc
            """);
    counter =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO counter VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    exists = connection.prepareStatement("SELECT 1 FROM torrent WHERE id = ?");
    java.util.ArrayList<PreparedStatement> all = new java.util.ArrayList<>();
    for (String table : TABLES) {
      all.add(connection.prepareStatement("DELETE FROM " + table + " WHERE id = ?"));
    }
    deletes = List.copyOf(all);
    rows = new Rows(connection);
    try (PreparedStatement last =
            connection.prepareStatement("SELECT seq FROM sqlite_sequence WHERE name = 'torrent'");
        ResultSet row = last.executeQuery()) {
      lastId = row.next() ? row.getLong(1) : 0;
    }
  }

  /** Adds {@code torrent} and gives it a number that none had before. */
  public long add(Torrent torrent) throws SQLException {
    long id = lastId + 1;
    put(id, torrent);
    lastId = id;
    return id;
  }

  /** Changes the torrent {@code id}. */
  public void change(long id, UnaryOperator<Torrent> change) throws SQLException {
    TorrentRow row = rows.find(id).orElseThrow(() -> unknown(id));
    Torrent changed = change.apply(row.torrent());
    if (!changed.equals(row.torrent())) {
      put(id, changed);
    }
  }

  /** Removes the torrent {@code id} and all that is known about it. */
  public void remove(long id) throws SQLException {
    require(id);
    for (PreparedStatement delete : deletes) {
      delete.setLong(1, id);
      delete.executeUpdate();
    }
  }

  /** Sets the counters of {@code id}. */
  public void count(long id, Progress progress, Counters counters) throws SQLException {
    require(id);
    counter.setLong(1, id);
    counter.setLong(2, progress.doneBytes());
    counter.setLong(3, progress.donePieces());
    counter.setLong(4, counters.uploadedBytes());
    counter.setLong(5, counters.downloadedBytes());
    counter.setLong(6, counters.wastedBytes());
    counter.setLong(7, counters.seedingNanos());
    counter.setLong(8, counters.activeNanos());
    counter.setLong(9, counters.lastActivityMillis());
    counter.setLong(10, counters.completedMillis());
    counter.setLong(11, Rows.counterCrc(crc, id, progress, counters).value());
    counter.setLong(12, counters.idleNanos());
    counter.executeUpdate();
  }

  /** Fails when there is no torrent {@code id}. */
  public void require(long id) throws SQLException {
    exists.setLong(1, id);
    try (ResultSet row = exists.executeQuery()) {
      if (!row.next()) {
        throw unknown(id);
      }
    }
  }

  private void put(long id, Torrent torrent) throws SQLException {
    byte[] v1 = torrent.hashes().v1().map(Hash::bytes).orElse(null);
    byte[] v2 = torrent.hashes().v2().map(Hash::bytes).orElse(null);
    byte[] options = OptionsCodec.encode(torrent.options());
    long size = torrent.content().sizeBytes();
    long pieces = torrent.content().pieces();
    int wanted = torrent.wanted().code();
    // Read back as the text that SQLite stores, in which unpaired surrogates are question marks.
    byte[] name = torrent.name().getBytes(UTF_8);
    byte[] path = torrent.savePath().getBytes(UTF_8);
    crc.begin().add(id).add(v1).add(v2).add(name).add(size).add(pieces);
    crc.add(torrent.addedMillis()).add(wanted).add(torrent.queueOrder()).add(path).add(options);
    insert.setLong(1, id);
    blob(2, v1);
    blob(3, v2);
    insert.setString(4, new String(name, UTF_8));
    insert.setLong(5, size);
    insert.setLong(6, pieces);
    insert.setLong(7, torrent.addedMillis());
    insert.setLong(8, wanted);
    insert.setLong(9, torrent.queueOrder());
    insert.setString(10, new String(path, UTF_8));
    insert.setBytes(11, options);
    insert.setLong(12, crc.value());
    insert.executeUpdate();
  }

  private void blob(int column, byte @Nullable [] bytes) throws SQLException {
    if (bytes == null) {
      insert.setNull(column, java.sql.Types.BLOB);
    } else {
      insert.setBytes(column, bytes);
    }
  }

  private static StateException unknown(long id) {
    return new StateException(StateException.Kind.UNKNOWN_TORRENT, "there is no torrent " + id);
  }
}
