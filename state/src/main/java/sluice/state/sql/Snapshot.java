package sluice.state.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import sluice.state.fault.FaultPoint;
import sluice.state.fault.StateException;
import sluice.state.file.Synced;

/** Copies the database as it is at one moment, while it is written, and checks the copy. */
public final class Snapshot {
  private Snapshot() {}

  /**
   * Copies what {@code connection} reads to {@code copy}, which is replaced when the new one is
   * whole, checked and synced.
   *
   * @throws StateException when there is no room or the database is damaged; {@code copy} is as it
   *     was
   */
  public static void take(Connection connection, Path copy) throws IOException {
    Path draft = copy.resolveSibling(copy.getFileName() + ".new");
    try {
      Files.deleteIfExists(draft);
      try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, draft.toAbsolutePath().toString());
        vacuum.execute();
      }
      try (Connection reader = Database.reader(draft)) {
        Integrity.check(reader, draft);
      }
      Synced.file(draft);
      FaultPoint.pass("snapshot-rename");
      Synced.rename(draft, copy);
    } catch (SQLException e) {
      throw SqlFaults.translate("copying the database", e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
