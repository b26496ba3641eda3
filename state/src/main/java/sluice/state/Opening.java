package sluice.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import sluice.state.fault.FaultPoint;
import sluice.state.fault.StateException;
import sluice.state.fault.StateException.Kind;
import sluice.state.file.CleanMark;
import sluice.state.file.Synced;
import sluice.state.file.WalScan;
import sluice.state.sql.Database;
import sluice.state.sql.Integrity;
import sluice.state.sql.Schema;
import sluice.state.sql.SqlFaults;

/**
 * Finds out in what condition a folder's database is and leaves one that can be used: the one that
 * is there, or its copy, or, if there never was one, an empty one. Whoever has the folder's lock.
 */
final class Opening {
  /** Name of the database. */
  static final String FILE = "state.db";

  private static final String DAMAGED = ".damaged-";

  /** Most damaged databases that are kept under other names. */
  private static final int MAX_KEPT = 1_000;

  private final Path file;
  private final Path wal;
  private final Path copy;
  private final CleanMark mark;
  private final List<String> notes = new ArrayList<>();
  private final List<Path> kept = new ArrayList<>();

  Opening(Path dir) {
    file = dir.resolve(FILE);
    wal = dir.resolve("state.db-wal");
    copy = dir.resolve("state.db.bak");
    mark = new CleanMark(dir, file);
  }

  Path file() {
    return file;
  }

  Path copy() {
    return copy;
  }

  CleanMark mark() {
    return mark;
  }

  /**
   * Leaves a database of this version without a clean mark.
   *
   * @throws StateException when the one that is there is damaged and has no sound copy
   */
  StartReport prepare() throws IOException {
    StartReport.Kind kind = find();
    mark.clear();
    return new StartReport(kind, notes, kept);
  }

  private StartReport.Kind find() throws IOException {
    if (!Files.exists(file)) {
      if (!Files.exists(copy) && !Files.exists(wal)) {
        create();
        return StartReport.Kind.FRESH;
      }
      return restore("the database " + file.getFileName() + " is missing");
    }
    if (Files.size(file) == 0) {
      // SQLite would take it for a database without tables.
      return restore("the database " + file.getFileName() + " is empty");
    }
    if (mark.holds()) {
      return migrate(StartReport.Kind.CLEAN);
    }
    lookAtLog();
    try (Connection connection = Database.writer(file)) {
      Integrity.check(connection, file);
    } catch (SQLException e) {
      if (SqlFaults.kind(e) != Kind.DAMAGED) {
        throw SqlFaults.translate("opening the state", e);
      }
      return restore("the database is damaged: " + e.getMessage());
    } catch (StateException e) {
      if (e.kind() != Kind.DAMAGED) {
        throw e;
      }
      return restore(String.valueOf(e.getMessage()));
    }
    return migrate(StartReport.Kind.UNCLEAN);
  }

  private StartReport.Kind migrate(StartReport.Kind kind) throws IOException {
    try (Connection connection = Database.writer(file)) {
      Schema.migrate(connection);
      return kind;
    } catch (SQLException e) {
      if (kind == StartReport.Kind.CLEAN && SqlFaults.kind(e) == Kind.DAMAGED) {
        return restore("the database is damaged: " + e.getMessage());
      }
      throw SqlFaults.translate("opening the state", e);
    }
  }

  private void lookAtLog() throws IOException {
    long lost = WalScan.lostFrames(wal);
    if (lost > 0) {
      Path aside = free(wal);
      Files.copy(wal, aside);
      kept.add(aside);
      notes.add(
          "The end of the log of changes is damaged: "
              + lost
              + " pages of the last changes are lost. They were kept in "
              + aside.getFileName()
              + ".");
    }
  }

  /**
   * An empty database gets its name only when it has its tables, so one without them is damaged.
   */
  private void create() throws IOException {
    Path draft = file.resolveSibling("state.db.new");
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(draft.resolveSibling(draft.getFileName() + end));
    }
    try (Connection connection = Database.writer(draft)) {
      Schema.migrate(connection);
      Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw SqlFaults.translate("making the state", e);
    }
    Synced.file(draft);
    FaultPoint.pass("state-create-rename");
    Synced.rename(draft, file);
  }

  private StartReport.Kind restore(String why) throws IOException {
    if (!Files.exists(copy)) {
      throw new StateException(
          Kind.DAMAGED, why + "; there is no copy of it, and nothing was changed: " + file);
    }
    Path draft = file.resolveSibling("state.db.new");
    Files.deleteIfExists(draft);
    Files.copy(copy, draft);
    try (Connection reader = Database.reader(draft)) {
      Integrity.check(reader, draft);
    } catch (SQLException | StateException e) {
      Files.deleteIfExists(draft);
      throw new StateException(
          Kind.DAMAGED, why + "; its copy is damaged, too, and nothing was changed: " + file, e);
    }
    Synced.file(draft);
    putAside(wal);
    Files.deleteIfExists(file.resolveSibling("state.db-shm"));
    putAside(file);
    Synced.rename(draft, file);
    notes.add(
        "The list of torrents was restored from a copy of "
            + Files.getLastModifiedTime(copy)
            + ", because "
            + why
            + ". The damaged files were kept: "
            + kept.stream().map(p -> p.getFileName().toString()).toList()
            + ".");
    return migrate(StartReport.Kind.RESTORED);
  }

  private void putAside(Path damaged) throws IOException {
    if (Files.exists(damaged)) {
      Path aside = free(damaged);
      Synced.rename(damaged, aside);
      kept.add(aside);
    }
  }

  private static Path free(Path damaged) throws IOException {
    for (int i = 1; i <= MAX_KEPT; i++) {
      Path aside = damaged.resolveSibling(damaged.getFileName() + DAMAGED + i);
      if (!Files.exists(aside)) {
        return aside;
      }
    }
    throw new IOException("too many damaged files were kept beside " + damaged);
  }
}
