package sluice.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.protocol.proxy.Destination;
import sluice.protocol.proxy.ProxyTalk;
import sluice.transport.netty.Faults;
import sluice.transport.netty.Sockets;

/**
 * Talks with a proxy on a channel and then gives its place to who uses the channel. It ends exactly
 * once, well or with a fault. Loop only.
 */
final class ProxyHandler extends ChannelInboundHandlerAdapter {
  private final Loop loop;
  private final ProxyTalk talk;
  private final Function<SocketChannel, ChannelHandler> next;
  private final Ready ready;
  private final Consumer<Fault> failed;
  private @Nullable SocketChannel channel;
  private Loop.@Nullable Timer timeout;
  private boolean over;

  /** Takes the channel when the proxy has agreed. */
  interface Ready {
    /** The channel has its handler. */
    void onReady(SocketChannel channel, Destination bound);
  }

  ProxyHandler(
      Loop loop,
      ProxyTalk talk,
      Function<SocketChannel, ChannelHandler> next,
      Ready ready,
      Consumer<Fault> failed) {
    this.loop = loop;
    this.talk = talk;
    this.next = next;
    this.ready = ready;
    this.failed = failed;
  }

  /** The proxy is connected. */
  void begin(SocketChannel open, long nanos) {
    channel = open;
    timeout =
        loop.after(
            Math.max(1, nanos),
            () -> fail(new Fault(Fault.Kind.TIMEOUT, "no answer through the proxy")));
    send(open, ByteBuffer.wrap(talk.opening()));
    open.config().setAutoRead(true);
  }

  private static void send(SocketChannel to, ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      var _ = to.writeAndFlush(Unpooled.wrappedBuffer(bytes), to.voidPromise());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      SocketChannel open = channel;
      ByteBuffer in = bytes.nioBuffer();
      while (!over && open != null && in.hasRemaining()) {
        take(open, talk.feed(in), in);
      }
    } finally {
      bytes.release();
    }
  }

  private void take(SocketChannel open, ProxyTalk.Step step, ByteBuffer rest) {
    switch (step) {
      case ProxyTalk.Step.Send(ByteBuffer bytes) -> send(open, bytes);
      case ProxyTalk.Step.Done(Destination bound) -> {
        end();
        open.config().setAutoRead(false);
        open.pipeline().addLast(next.apply(open));
        open.pipeline().remove(this);
        ByteBuf more = Unpooled.copiedBuffer(rest);
        ready.onReady(open, bound);
        if (more.isReadable()) {
          open.pipeline().fireChannelRead(more);
        } else {
          more.release();
        }
      }
      case ProxyTalk.Step.Refused(ProxyTalk.Reason reason, String detail) ->
          fail(new Fault(kind(reason), detail));
    }
  }

  private static Fault.Kind kind(ProxyTalk.Reason reason) {
    return switch (reason) {
      case REFUSED -> Fault.Kind.REFUSED;
      case UNREACHABLE -> Fault.Kind.UNREACHABLE;
      case TIMEOUT -> Fault.Kind.TIMEOUT;
      case FORBIDDEN -> Fault.Kind.NO_PERMISSION;
      case MALFORMED -> Fault.Kind.BAD_ANSWER;
    };
  }

  private void end() {
    over = true;
    if (timeout != null) {
      timeout.cancel();
    }
  }

  private void fail(Fault fault) {
    if (over) {
      return;
    }
    end();
    if (channel != null) {
      Sockets.close(channel);
    }
    failed.accept(fault);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (channel != null) {
      fail(new Fault(Fault.Kind.CLOSED, "the proxy closed the connection"));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (channel != null) {
      fail(Faults.of(cause));
    }
  }
}
