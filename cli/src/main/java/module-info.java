/** To be filled. */
module sluice.cli {
  requires static transitive org.jspecify;
  requires sluice.storage; requires sluice.transport; requires info.picocli;
}
