/** The tracker: swarms, and the servers that let clients announce to them. */
module sluice.tracker {
  requires static transitive org.jspecify;
  requires transitive sluice.protocol;
  requires sluice.udp;
  requires sluice.metrics;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires tools.jackson.dataformat.toml;

  exports sluice.tracker;
  exports sluice.tracker.access;
  exports sluice.tracker.cluster;
  exports sluice.tracker.config;
  exports sluice.tracker.http;
  exports sluice.tracker.page;
  exports sluice.tracker.service;
  exports sluice.tracker.swarm;
  exports sluice.tracker.udp;
  exports sluice.tracker.websocket;
}
