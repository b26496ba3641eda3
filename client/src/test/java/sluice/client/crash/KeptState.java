package sluice.client.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * What a state folder holds, read by plain SQL and without the program's code from a copy of its
 * files: reading in place would change them.
 */
final class KeptState {
  /** What is kept of one torrent; {@code have} is empty without a resume record. */
  record Row(boolean stopped, Optional<BitSet> have, BitSet journal, long pieces) {}

  private KeptState() {}

  /** The torrents, by the hex form of their first hash. */
  static Map<String, Row> read(Path state, Path copy) throws IOException, SQLException {
    for (String name : new String[] {"state.db", "state.db-wal", "state.db-shm"}) {
      Files.deleteIfExists(copy.resolve(name));
      if (Files.exists(state.resolve(name)) && !name.endsWith("-shm")) {
        Files.copy(state.resolve(name), copy.resolve(name));
      }
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    try (Connection connection =
            JDBC.createConnection("jdbc:sqlite:" + copy.resolve("state.db"), new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, v1, wanted, pieces FROM torrent")) {
      while (row.next()) {
        long id = row.getLong(1);
        rows.put(
            HexFormat.of().formatHex(row.getBytes(2)),
            new Row(
                row.getInt(3) == 0, have(connection, id), journal(connection, id), row.getLong(4)));
      }
    }
    return rows;
  }

  private static Optional<BitSet> have(Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT record FROM resume WHERE id = " + id)) {
      return row.next() ? Optional.of(have(ByteBuffer.wrap(row.getBytes(1)))) : Optional.empty();
    }
  }

  private static BitSet journal(Connection connection, long id) throws SQLException {
    BitSet journal = new BitSet();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT piece FROM written WHERE id = " + id)) {
      while (row.next()) {
        journal.set(row.getInt(1));
      }
    }
    return journal;
  }

  /** The pieces of a resume record: version, number of pieces, 0 none, 1 all, 2 a bitfield. */
  private static BitSet have(ByteBuffer record) {
    BitSet have = new BitSet();
    number(record);
    int pieces = number(record);
    int kind = number(record);
    if (kind == 1) {
      have.set(0, pieces);
    } else if (kind == 2) {
      byte[] field = new byte[(pieces + 7) / 8];
      record.get(field);
      for (int i = 0; i < pieces; i++) {
        have.set(i, (field[i / 8] & (0x80 >> (i % 8))) != 0);
      }
    }
    return have;
  }

  private static int number(ByteBuffer record) {
    int value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = record.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
