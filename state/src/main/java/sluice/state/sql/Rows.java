package sluice.state.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.state.fault.StateException;
import sluice.state.record.Content;
import sluice.state.record.Counters;
import sluice.state.record.OptionsCodec;
import sluice.state.record.Progress;
import sluice.state.record.RecordException;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.TorrentRow;
import sluice.state.record.Wanted;

/** Reads torrents with their counters, row by row, and checks each. One thread. */
public final class Rows {
  private static final String SELECT =
      """
      SELECT t.id, t.v1, t.v2, t.name, t.size, t.pieces, t.added, t.wanted, t.queue, t.path,
        t.options, t.crc, c.done, c.pieces, c.uploaded, c.downloaded, c.wasted, c.seeding,
        c.active, c.activity, c.completed, c.crc, c.idle
      FROM torrent t LEFT JOIN counter c ON c.id = t.id
      """;

  private final Connection connection;
  private final Statements statements;
  private final Crc crc = new Crc();

  /** The options of the row before; those of very many rows are the same. */
  private TorrentOptions options = TorrentOptions.DEFAULT;

  private byte[] encodedOptions = {};

  /** The query that fits the version; empty before the first. */
  private Optional<String> select = Optional.empty();

  public Rows(Connection connection) {
    this.connection = connection;
    this.statements = new Statements(connection);
  }

  /** Gives every row to {@code consumer}, by rising number. */
  public void each(Consumer<TorrentRow> consumer) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(select() + " ORDER BY t.id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        consumer.accept(row(rows));
      }
    }
  }

  /** The row of torrent {@code id}. */
  public Optional<TorrentRow> find(long id) throws SQLException {
    PreparedStatement select = statements.of(select() + " WHERE t.id = ?");
    select.setLong(1, id);
    try (ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(row(rows)) : Optional.empty();
    }
  }

  /** A database is looked through before it is brought to this version. */
  private String select() throws SQLException {
    if (select.isEmpty()) {
      select =
          Optional.of(Schema.hasIdle(connection) ? SELECT : SELECT.replace("c.idle", "0 AS idle"));
    }
    return select.get();
  }

  private TorrentRow row(ResultSet rows) throws SQLException {
    long id = rows.getLong(1);
    try {
      Torrent torrent = torrent(id, rows);
      long donePieces = rows.getLong(14);
      if (rows.wasNull()) {
        return new TorrentRow(id, torrent, Progress.NONE, Counters.ZERO);
      }
      Progress progress = new Progress(rows.getLong(13), Math.toIntExact(donePieces));
      Counters counters =
          new Counters(
              rows.getLong(15),
              rows.getLong(16),
              rows.getLong(17),
              rows.getLong(18),
              rows.getLong(19),
              rows.getLong(20),
              rows.getLong(21),
              rows.getLong(23));
      counterCrc(crc, id, progress, counters).check(rows.getLong(22), "counter", id);
      return new TorrentRow(id, torrent, progress, counters);
    } catch (RecordException | IllegalArgumentException | ArithmeticException e) {
      throw new StateException(
          StateException.Kind.DAMAGED, "torrent " + id + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Torrent torrent(long id, ResultSet rows) throws SQLException {
    byte[] v1 = rows.getBytes(2);
    byte[] v2 = rows.getBytes(3);
    byte[] name = rows.getBytes(4);
    long size = rows.getLong(5);
    long pieces = rows.getLong(6);
    long added = rows.getLong(7);
    long wanted = rows.getLong(8);
    long queue = rows.getLong(9);
    byte[] path = rows.getBytes(10);
    byte[] options = rows.getBytes(11);
    crc.begin().add(id).add(v1).add(v2).add(name).add(size).add(pieces).add(added).add(wanted);
    crc.add(queue).add(path).add(options).check(rows.getLong(12), "torrent", id);
    return new Torrent(
        new InfoHashes(hash(v1), hash(v2)),
        text(name),
        size < 0 ? Content.UNKNOWN : new Content(size, Math.toIntExact(pieces)),
        added,
        Wanted.of(wanted),
        queue,
        text(path),
        options(options == null ? new byte[0] : options));
  }

  private TorrentOptions options(byte[] encoded) {
    if (!Arrays.equals(encoded, encodedOptions)) {
      options = OptionsCodec.decode(encoded);
      encodedOptions = encoded;
    }
    return options;
  }

  /**
   * The checksum of a row of counters; rows of earlier versions have no idle time, and no sum of
   * it.
   */
  static Crc counterCrc(Crc crc, long id, Progress progress, Counters counters) {
    crc.begin()
        .add(id)
        .add(progress.doneBytes())
        .add(progress.donePieces())
        .add(counters.uploadedBytes())
        .add(counters.downloadedBytes())
        .add(counters.wastedBytes())
        .add(counters.seedingNanos())
        .add(counters.activeNanos())
        .add(counters.lastActivityMillis())
        .add(counters.completedMillis());
    return counters.idleNanos() == 0 ? crc : crc.add(counters.idleNanos());
  }

  private static Optional<Hash> hash(byte @Nullable [] bytes) {
    return bytes == null ? Optional.empty() : Optional.of(Hash.of(bytes));
  }

  private static String text(byte @Nullable [] utf8) {
    return utf8 == null ? "" : new String(utf8, UTF_8);
  }
}
