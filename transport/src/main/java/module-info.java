/** The ports to the network, bound to Netty: loop, streams, datagrams, HTTP, names and chance. */
module sluice.transport {
  requires static transitive org.jspecify;
  requires transitive sluice.engine;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;

  exports sluice.transport;
}
