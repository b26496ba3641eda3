/** Small programs that embed the client, each of them run by a test. */
module sluice.examples {
  requires static transitive org.jspecify;
  requires transitive sluice.client;
  requires transitive sluice.tracker;

  exports sluice.examples;
}
