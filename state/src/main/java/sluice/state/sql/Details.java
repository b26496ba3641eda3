package sluice.state.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import sluice.protocol.digest.Hash;
import sluice.state.fault.StateException;
import sluice.state.record.FilePriorities;
import sluice.state.record.PrioritiesCodec;
import sluice.state.record.RecordException;
import sluice.state.record.Resume;
import sluice.state.record.ResumeCodec;
import sluice.state.record.RunMark;
import sluice.state.record.Setting;
import sluice.state.record.Source;

/** Reads what is not in the list of torrents, and checks it. One thread. */
public final class Details {
  /** Longest list of runs that is read. */
  private static final int MAX_RUNS = 1_000;

  private final Connection connection;
  private final Statements statements;
  private final Crc crc = new Crc();

  public Details(Connection connection) {
    this.connection = connection;
    this.statements = new Statements(connection);
  }

  /** Where the metadata of {@code id} come from. */
  public Optional<Source> source(long id) throws SQLException {
    PreparedStatement select = statements.of("SELECT kind, crc, bytes FROM metainfo WHERE id = ?");
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long kind = row.getLong(1);
      byte[] bytes = bytes(row, 3);
      crc.begin().add(id).add(kind).add(bytes).check(row.getLong(2), "metainfo", id);
      return Optional.of(
          kind == DetailTable.METAINFO
              ? new Source.Metainfo(bytes)
              : new Source.MagnetLink(new String(bytes, UTF_8)));
    }
  }

  /** The resume record of {@code id}. */
  public Optional<Resume> resume(long id) throws SQLException {
    Optional<byte[]> record = record("resume", id);
    try {
      return record.map(ResumeCodec::decode);
    } catch (RecordException e) {
      throw damaged("resume", id, e);
    }
  }

  /** The priorities of the files of {@code id}. */
  public FilePriorities priorities(long id) throws SQLException {
    Optional<byte[]> record = record("priority", id);
    try {
      return record.map(PrioritiesCodec::decode).orElse(FilePriorities.ORDINARY);
    } catch (RecordException e) {
      throw damaged("priority", id, e);
    }
  }

  /**
   * Gives the priorities of each torrent that has others than ordinary ones. One whose row is
   * damaged counts as ordinary: the worst is a file that is wanted.
   */
  public void eachPriorities(BiConsumer<Long, FilePriorities> consumer) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, record FROM priority ORDER BY id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        FilePriorities found;
        try {
          found = PrioritiesCodec.decode(bytes(rows, 2));
        } catch (RecordException damaged) {
          found = FilePriorities.ORDINARY;
        }
        if (found.count() > 0) {
          consumer.accept(rows.getLong(1), found);
        }
      }
    }
  }

  /** The number of the torrent that has {@code hash} in full. */
  public OptionalLong find(Hash hash) throws SQLException {
    String column = hash.length() == Hash.SHA1_BYTES ? "v1" : "v2";
    PreparedStatement select = statements.of("SELECT id FROM torrent WHERE " + column + " = ?");
    select.setBytes(1, hash.bytes());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /** Gives each torrent's journal to {@code consumer}, if it is not empty: rising pieces. */
  public void eachJournal(BiConsumer<Long, int[]> consumer) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT id, piece FROM written ORDER BY id, piece");
        ResultSet rows = select.executeQuery()) {
      int[] pieces = new int[64];
      int count = 0;
      long id = 0;
      while (rows.next()) {
        long next = rows.getLong(1);
        if (next != id && count > 0) {
          consumer.accept(id, Arrays.copyOf(pieces, count));
          count = 0;
        }
        id = next;
        long piece = rows.getLong(2);
        if (piece >= 0 && piece < Resume.MAX_PIECES) {
          pieces = count == pieces.length ? Arrays.copyOf(pieces, 2 * count) : pieces;
          pieces[count++] = (int) piece;
        }
      }
      if (count > 0) {
        consumer.accept(id, Arrays.copyOf(pieces, count));
      }
    }
  }

  /** The journal of one torrent. */
  public BitSet journal(long id) throws SQLException {
    PreparedStatement select = statements.of("SELECT piece FROM written WHERE id = ?");
    select.setLong(1, id);
    BitSet pieces = new BitSet();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long piece = rows.getLong(1);
        if (piece >= 0 && piece < Resume.MAX_PIECES) {
          pieces.set((int) piece);
        }
      }
    }
    return pieces;
  }

  /** All settings by key. */
  public Map<String, Setting> settings() throws SQLException {
    Map<String, Setting> all = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT key, type, value, crc FROM setting ORDER BY key");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String key = rows.getString(1);
        String type = rows.getString(2);
        String text = rows.getString(3);
        crc.begin().add(key).add(type).add(text).check(rows.getLong(4), "setting", key);
        all.put(key, new Setting(Setting.Type.valueOf(type), text));
      }
    } catch (IllegalArgumentException e) {
      throw damaged("setting", 0, e);
    }
    return all;
  }

  /** The last runs, the present one first. */
  public List<RunMark> runs() throws SQLException {
    List<RunMark> all = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT number, started, ended FROM run ORDER BY number DESC LIMIT ?")) {
      select.setLong(1, MAX_RUNS);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          all.add(new RunMark(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
        }
      }
    }
    return all;
  }

  private Optional<byte[]> record(String table, long id) throws SQLException {
    PreparedStatement select = statements.of("SELECT record FROM " + table + " WHERE id = ?");
    select.setLong(1, id);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(bytes(row, 1)) : Optional.empty();
    }
  }

  private static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  private static StateException damaged(String table, long id, RuntimeException cause) {
    return new StateException(
        StateException.Kind.DAMAGED,
        "row " + id + " of table " + table + " cannot be read: " + cause.getMessage(),
        cause);
  }
}
