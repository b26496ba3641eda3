package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetAddress;
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
  private final Consumer<ChannelHandlerContext> others;
  private @Nullable ChannelHandlerContext context;
  private @Nullable InetAddress remote;
  private boolean ended;

  /**
   * A handler.
   *
   * @param others adds handlers for all other requests behind this one
   */
  AnnounceHandler(Desk desk, Consumer<ChannelHandlerContext> others) {
    this.desk = desk;
    this.others = others;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    desk.idle.add(this);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    desk.idle.remove(this);
  }

  /** Ends the connection at once. */
  void close() {
    var _ = Objects.requireNonNull(context).close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int size = headBytes(in);
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
    switch (desk.answer(ctx, in, size, remote(ctx))) {
      case ANSWERED -> {
        in.skipBytes(size);
        desk.idle.touch(this);
      }
      case ANSWERED_LAST -> end(ctx, in, new byte[0]);
      case OTHER -> {
        others.accept(ctx);
        ctx.pipeline().remove(this);
      }
      case BROKEN -> end(ctx, in, BAD_REQUEST);
    }
  }

  private InetAddress remote(ChannelHandlerContext ctx) {
    InetAddress known = remote;
    if (known == null) {
      known = ((InetSocketAddress) ctx.channel().remoteAddress()).getAddress();
      remote = known;
    }
    return known;
  }

  /** Length of the first request's head with the empty line at its end; 0 if that is not there. */
  private static int headBytes(ByteBuf in) {
    int from = in.readerIndex();
    int end = Math.min(in.writerIndex(), from + Head.MAX_BYTES + 1);
    int at = from;
    while (true) {
      int line = in.indexOf(at, end, (byte) '\n');
      if (line < 0) {
        return 0;
      }
      if (line - from >= 3 && in.getByte(line - 1) == '\r' && in.getByte(line - 2) == '\n') {
        return line + 1 - from;
      }
      at = line + 1;
    }
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
