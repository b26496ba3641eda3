package sluice.state.write;

import java.sql.Connection;
import java.sql.SQLException;
import sluice.state.sql.ChangeTable;
import sluice.state.sql.CommonTable;
import sluice.state.sql.DetailTable;
import sluice.state.sql.MarkTable;
import sluice.state.sql.TorrentTable;

/** The statements of the writer's connection. The writer's thread. */
public record Tables(
    TorrentTable torrents,
    DetailTable details,
    CommonTable common,
    MarkTable marks,
    ChangeTable changes) {
  static Tables of(Connection connection) throws SQLException {
    return new Tables(
        new TorrentTable(connection),
        new DetailTable(connection),
        new CommonTable(connection),
        new MarkTable(connection),
        new ChangeTable(connection));
  }
}
