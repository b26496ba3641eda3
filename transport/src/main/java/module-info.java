/** To be filled. */
module sluice.transport {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
}
