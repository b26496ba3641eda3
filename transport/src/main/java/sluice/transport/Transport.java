package sluice.transport;

import sluice.engine.port.Loop;
import sluice.engine.port.Net;
import sluice.transport.netty.NettyLoop;
import sluice.transport.netty.NettyNet;

/** One event loop with the network ports that run on it. Any thread. */
public final class Transport implements AutoCloseable {
  private final NettyLoop loop;
  private final NettyNet net;

  private Transport(TransportConfig config) {
    loop = NettyLoop.start(config.nativeLoop());
    net = new NettyNet(loop, config);
  }

  /** Starts a loop with the default settings. */
  public static Transport open() {
    return open(TransportConfig.defaults());
  }

  /** Starts a loop. */
  public static Transport open(TransportConfig config) {
    return new Transport(config);
  }

  /** The event loop. */
  public Loop loop() {
    return loop;
  }

  /** Streams and datagrams. */
  public Net net() {
    return net;
  }

  /** Closes all that is open, telling its handlers, and ends the loop's thread. */
  @Override
  public void close() {
    loop.close();
    net.close();
  }
}
