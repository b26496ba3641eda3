/** To be filled. */
module sluice.sim {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
}
