package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection while it asks for nothing but announces and scrapes; with the first other request
 * it is handed over to Netty's HTTP codec.
 */
final class AnnounceHandler extends ByteToMessageDecoder {
  private static final byte[] BAD_REQUEST = error("400 Bad Request");
  private static final byte[] TOO_LARGE = error("431 Request Header Fields Too Large");

  private final Desk desk;
  private final IdleList<AnnounceHandler> idle;
  private final Consumer<ChannelHandlerContext> others;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Sender remote;
  private boolean ended;

  /**
   * A handler.
   *
   * @param others adds handlers for all other requests behind this one
   */
  AnnounceHandler(
      Desk desk, IdleList<AnnounceHandler> idle, Consumer<ChannelHandlerContext> others) {
    this.desk = desk;
    this.idle = idle;
    this.others = others;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    idle.add(this, idle.seconds());
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    idle.remove(this);
  }

  /** Ends the connection at once. */
  void close() {
    var _ = Objects.requireNonNull(context).close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int size = Head.bytes(in);
    if (ended) {
      in.skipBytes(in.readableBytes());
    } else if (size == 0) {
      if (in.readableBytes() >= Head.MAX_BYTES) {
        end(ctx, in, TOO_LARGE);
      }
    } else if (size > Head.MAX_BYTES) {
      end(ctx, in, TOO_LARGE);
    } else {
      answer(ctx, in, size);
    }
  }

  private void answer(ChannelHandlerContext ctx, ByteBuf in, int size) {
    switch (desk.answer(in, size, remote(ctx))) {
      case ANSWERED -> {
        write(ctx);
        in.skipBytes(size);
        idle.touch(this);
      }
      case ANSWERED_LAST -> {
        write(ctx);
        end(ctx, in, new byte[0]);
      }
      case OTHER -> {
        others.accept(ctx);
        ctx.pipeline().remove(this);
      }
      case BROKEN -> end(ctx, in, BAD_REQUEST);
    }
  }

  private void write(ChannelHandlerContext ctx) {
    ByteBuf out = ctx.alloc().ioBuffer(desk.replyBytes());
    desk.reply(out);
    var _ = ctx.write(out, ctx.voidPromise());
  }

  private Sender remote(ChannelHandlerContext ctx) {
    Sender known = remote;
    if (known == null) {
      known = Sender.of(((InetSocketAddress) ctx.channel().remoteAddress()).getAddress());
      remote = known;
    }
    return known;
  }

  private void end(ChannelHandlerContext ctx, ByteBuf in, byte[] last) {
    ended = true;
    in.skipBytes(in.readableBytes());
    if (last.length > 0) {
      desk.countMalformed();
    }
    var _ =
        ctx.writeAndFlush(Unpooled.wrappedBuffer(last)).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    ctx.flush();
    super.channelReadComplete(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
    if (cause instanceof IOException) {
      var _ = ctx.close();
    } else {
      super.exceptionCaught(ctx, cause);
    }
  }

  private static byte[] error(String status) {
    return Head.ascii("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }
}
