/** To be filled. */
module sluice.bench {
  requires static transitive org.jspecify;
  requires sluice.cli;
}
