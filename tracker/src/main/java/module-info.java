/** The tracker: swarms, and the servers that let clients announce to them. */
module sluice.tracker {
  requires static transitive org.jspecify;
  requires transitive sluice.protocol;
  requires sluice.udp;

  exports sluice.tracker;
  exports sluice.tracker.service;
  exports sluice.tracker.swarm;
  exports sluice.tracker.udp;
}
