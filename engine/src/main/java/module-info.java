/** Swarm logic without I/O: state machines owned by one loop, and the ports to the world. */
module sluice.engine {
  requires static transitive org.jspecify;
  requires transitive sluice.protocol;

  exports sluice.engine.announce;
  exports sluice.engine.count;
  exports sluice.engine.crypt;
  exports sluice.engine.dht;
  exports sluice.engine.pick;
  exports sluice.engine.peer;
  exports sluice.engine.policy;
  exports sluice.engine.port;
  exports sluice.engine.rate;
  exports sluice.engine.session;
  exports sluice.engine.torrent;
}
