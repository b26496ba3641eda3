package sluice.state.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import sluice.state.record.Setting;

/** Writes what belongs to no torrent: settings, runs, and the row that forces a sync. */
public final class CommonTable {
  /** Most runs that are remembered. */
  private static final int MAX_RUNS = 1_000;

  private final PreparedStatement set;
  private final PreparedStatement unset;
  private final PreparedStatement begin;
  private final PreparedStatement trim;
  private final PreparedStatement end;
  private final PreparedStatement force;
  private final Crc crc = new Crc();

  public CommonTable(Connection connection) throws SQLException {
    set = connection.prepareStatement("INSERT OR REPLACE INTO setting VALUES(?, ?, ?, ?)");
    unset = connection.prepareStatement("DELETE FROM setting WHERE key = ?");
    begin = connection.prepareStatement("INSERT INTO run(started, ended) VALUES(?, 0)");
    trim =
        connection.prepareStatement(
            "DELETE FROM run WHERE number <= (SELECT max(number) FROM run) - " + MAX_RUNS);
    end =
        connection.prepareStatement(
            "UPDATE run SET ended = ? WHERE number = (SELECT max(number) FROM run)");
    force = connection.prepareStatement("UPDATE forced SET count = count + 1");
  }

  /** Sets {@code key}. */
  public void set(String key, Setting setting) throws SQLException {
    String type = setting.type().name();
    set.setString(1, key);
    set.setString(2, type);
    set.setString(3, setting.text());
    set.setLong(4, crc.begin().add(key).add(type).add(setting.text()).value());
    set.executeUpdate();
  }

  /** Removes {@code key}. */
  public void unset(String key) throws SQLException {
    unset.setString(1, key);
    unset.executeUpdate();
  }

  /** A run begins. */
  public void beginRun(long millis) throws SQLException {
    begin.setLong(1, millis);
    begin.executeUpdate();
    trim.executeUpdate();
  }

  /** The run that began last ends. */
  public void endRun(long millis) throws SQLException {
    end.setLong(1, millis);
    end.executeUpdate();
  }

  /** Changes something, so that a commit has something to sync. */
  public void force() throws SQLException {
    force.executeUpdate();
  }
}
