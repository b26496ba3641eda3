/** To be filled. */
module sluice.storage {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
}
