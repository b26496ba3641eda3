/** What is kept between runs: torrents, their progress, counters and settings, in one folder. */
module sluice.state {
  requires static transitive org.jspecify;
  requires transitive sluice.protocol;
  requires java.sql;
  requires org.xerial.sqlitejdbc;

  exports sluice.state;
  exports sluice.state.fault;
  exports sluice.state.record;
}
