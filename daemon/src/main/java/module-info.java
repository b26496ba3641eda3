/**
 * The program that keeps running: a client with a web page and the APIs that other programs speak.
 */
module sluice.daemon {
  requires static transitive org.jspecify;
  requires transitive sluice.client;
  requires sluice.tracker;
  requires sluice.metrics;
  requires com.fasterxml.jackson.annotation;
  requires io.helidon.common.tls;
  requires io.helidon.webserver;
  requires java.management;
  requires java.xml;
  requires jdk.management;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports sluice.daemon;
  exports sluice.daemon.config;
  exports sluice.daemon.trade;
}
