/**
 * The client as a library: an engine with network, disk and, if wanted, a state folder, put
 * together for programs that embed it.
 */
module sluice.client {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
  requires transitive sluice.storage;
  requires transitive sluice.transport;
  requires transitive sluice.state;

  exports sluice.client;
  exports sluice.client.limit;
  exports sluice.client.passage;
}
