package sluice.transport.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.lang.System.Logger;
import java.util.concurrent.TimeUnit;
import sluice.engine.port.Net;

/** Turns accepted channels into pipes. Loop only. */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(Acceptor.class.getName());
  private static final int PAUSE_SECONDS = 1;

  private final NettyNet net;
  private final NettyLoop loop;
  private final Net.ListenHandler handler;

  Acceptor(NettyNet net, NettyLoop loop, Net.ListenHandler handler) {
    this.net = net;
    this.loop = loop;
    this.handler = handler;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    SocketChannel channel = (SocketChannel) message;
    if (channel.remoteAddress() == null) {
      channel.unsafe().closeForcibly();
      return;
    }
    NettyPipe pipe = net.pipe(channel, Endpoints.of(channel.remoteAddress()));
    channel.pipeline().addLast(pipe);
    var _ =
        loop.register(channel)
            .addListener(done -> {
              if (done.isSuccess()) {
                pipe.introduce(handler::onAccept);
              } else {
                channel.unsafe().closeForcibly();
              }
            });
  }

  /** Accepting fails when there are no more file descriptors: waits for some to come free. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(Logger.Level.WARNING, "Cannot accept a connection: {0}", Faults.of(cause).detail());
    context.channel().config().setAutoRead(false);
    var _ =
        loop.events()
            .schedule(
                () -> context.channel().config().setAutoRead(true),
                PAUSE_SECONDS,
                TimeUnit.SECONDS);
  }
}
