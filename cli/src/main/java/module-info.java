/** The program that people start: commands, progress and wiring. */
module sluice.cli {
  requires static transitive org.jspecify;
  requires sluice.client;
  requires sluice.daemon;
  requires sluice.ledger;
  requires sluice.tracker;
  requires sluice.tron;
  requires info.picocli;
  requires java.logging;
  requires java.net.http;
  requires tools.jackson.core;

  exports sluice.cli;
}
