package sluice.state.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.wire.PieceSet;
import sluice.state.record.RenamedFile;
import sluice.state.record.Resume;
import sluice.state.record.ResumeCodec;
import sluice.state.record.RootIdentity;
import sluice.state.record.Source;

/**
 * Writes what is read on demand only: metainfo, resume records, priorities, and the journal of
 * pieces that were written since a torrent's last resume record. The writer's thread.
 */
public final class DetailTable {
  /** {@code kind} of a row of {@code metainfo}. */
  static final int MAGNET = 0;

  static final int METAINFO = 1;

  private final PreparedStatement metainfo;
  private final PreparedStatement resume;
  private final PreparedStatement known;
  private final PreparedStatement priority;
  private final PreparedStatement firstPriority;
  private final PreparedStatement written;
  private final PreparedStatement journal;
  private final PreparedStatement forget;
  private final Crc crc = new Crc();

  public DetailTable(Connection connection) throws SQLException {
    metainfo = connection.prepareStatement("INSERT OR REPLACE INTO metainfo VALUES(?, ?, ?, ?)");
    resume = connection.prepareStatement("INSERT OR REPLACE INTO resume VALUES(?, ?)");
    known = connection.prepareStatement("SELECT record FROM resume WHERE id = ?");
    priority = connection.prepareStatement("INSERT OR REPLACE INTO priority VALUES(?, ?)");
    firstPriority = connection.prepareStatement("INSERT OR IGNORE INTO priority VALUES(?, ?)");
    written = connection.prepareStatement("INSERT OR IGNORE INTO written VALUES(?, ?)");
    journal = connection.prepareStatement("SELECT piece FROM written WHERE id = ?");
    forget = connection.prepareStatement("DELETE FROM written WHERE id = ?");
  }

  /** Sets where the metadata of {@code id} come from. */
  public void source(long id, Source source) throws SQLException {
    int kind =
        switch (source) {
          case Source.Metainfo file -> METAINFO;
          case Source.MagnetLink link -> MAGNET;
        };
    byte[] bytes =
        switch (source) {
          case Source.Metainfo file -> file.bytes();
          case Source.MagnetLink link -> link.uri().getBytes(UTF_8);
        };
    metainfo.setLong(1, id);
    metainfo.setLong(2, kind);
    metainfo.setLong(3, crc.begin().add(id).add(kind).add(bytes).value());
    metainfo.setBytes(4, bytes);
    metainfo.executeUpdate();
  }

  /** Sets the priorities of the files of {@code id}. */
  public void priorities(long id, byte[] record) throws SQLException {
    priority.setLong(1, id);
    priority.setBytes(2, record);
    priority.executeUpdate();
  }

  /** Sets the priorities of the files of {@code id} unless they were set before. */
  public void firstPriorities(long id, byte[] record) throws SQLException {
    firstPriority.setLong(1, id);
    firstPriority.setBytes(2, record);
    firstPriority.executeUpdate();
  }

  /** Notes that {@code piece} of {@code id} was written. */
  public void written(long id, int piece) throws SQLException {
    written.setLong(1, id);
    written.setLong(2, piece);
    written.executeUpdate();
  }

  /**
   * Sets the paths of files that differ from those of the torrent, of {@code pieces} pieces, and
   * the identity of its folder in its resume record, if that has one; the rest of that stays.
   */
  public void moved(long id, List<RenamedFile> files, Optional<RootIdentity> root, int pieces)
      throws SQLException {
    Resume before = new Resume(new PieceSet(pieces), List.of(), Optional.empty(), 0, List.of());
    known.setLong(1, id);
    try (ResultSet row = known.executeQuery()) {
      if (row.next()) {
        before = ResumeCodec.decode(row.getBytes(1));
      } else if (files.isEmpty()) {
        return;
      }
    }
    boolean told = before.root().isPresent() && root.isPresent();
    Optional<RootIdentity> folder = told ? root : before.root();
    Resume after =
        new Resume(
            before.have(),
            before.stamps(),
            folder,
            before.verifiedMillis(),
            files,
            before.unfinished());
    resume.setLong(1, id);
    resume.setBytes(2, ResumeCodec.encode(after));
    resume.executeUpdate();
  }

  /** Sets the resume record of {@code id}; the journal forgets the pieces in {@code have}. */
  public void resume(long id, byte[] record, PieceSet have) throws SQLException {
    resume.setLong(1, id);
    resume.setBytes(2, record);
    resume.executeUpdate();
    List<Integer> kept = new ArrayList<>();
    journal.setLong(1, id);
    boolean isEmpty = true;
    try (ResultSet rows = journal.executeQuery()) {
      while (rows.next()) {
        int piece = rows.getInt(1);
        isEmpty = false;
        if (piece < 0 || piece >= have.size() || !have.get(piece)) {
          kept.add(piece);
        }
      }
    }
    if (isEmpty) {
      return;
    }
    forget.setLong(1, id);
    forget.executeUpdate();
    for (int piece : kept) {
      written(id, piece);
    }
  }
}
