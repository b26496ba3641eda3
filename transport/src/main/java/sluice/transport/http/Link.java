package sluice.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Reach;
import sluice.transport.netty.Faults;
import sluice.transport.netty.Sockets;

/** A connection that carries one download after the other. Loop only. */
final class Link extends SimpleChannelInboundHandler<HttpObject> {
  /** Most bytes of an answer that nobody wants, for which the connection is kept. */
  private static final int MAX_DISCARDED_BYTES = 64 * 1024;

  /** Most bytes that were read although reading was off, as when the server closes. */
  private static final int MAX_UNREAD_BYTES = 1024 * 1024;

  private static final int MIN_READ_BYTES = 4 * 1024;
  private static final int START_READ_BYTES = 64 * 1024;
  private static final int MAX_READ_BYTES = 256 * 1024;

  private final Links links;
  private final Links.Origin origin;
  private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();
  private @Nullable Channel channel;
  private @Nullable User user;
  private Opening.@Nullable Peer peer;
  private boolean interim;
  private boolean keepAlive;
  private boolean whole;
  private boolean closed;
  private int unreadBytes;
  private int discardable;

  /** Who asks. */
  interface User {
    /** The answer; whether its body is wanted. */
    boolean head(HttpResponse head);

    /** Whether bytes may be given. */
    boolean isReading();

    /** Some of the body; what is left in {@code bytes} comes again. */
    void bytes(ByteBuffer bytes);

    /** The body is over. */
    void end();

    /** There will be no more. */
    void lost(Fault fault);
  }

  Link(Links links, Links.Origin origin) {
    this.links = links;
    this.origin = origin;
  }

  Links.Origin origin() {
    return origin;
  }

  /** Whether the other end is within {@code reach}. */
  boolean isWithin(Reach reach) {
    return peer != null && peer.isWithin(reach);
  }

  /** Whether the other end is in the public network. */
  boolean isPublic() {
    return isWithin(Reach.PUBLIC);
  }

  /** The connection with {@code other} is there. */
  void opened(Channel open, Opening.Peer other) {
    channel = open;
    peer = other;
    open.config()
        .setRecvByteBufAllocator(
            new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, START_READ_BYTES, MAX_READ_BYTES));
  }

  /** Sends {@code request} for {@code asker}. */
  void ask(HttpRequest request, User asker) {
    user = asker;
    whole = false;
    Channel open = channel;
    if (open == null || closed) {
      asker.lost(new Fault(Fault.Kind.CLOSED, "the connection is closed"));
      return;
    }
    var _ = open.writeAndFlush(request, open.voidPromise());
    open.config().setAutoRead(true);
  }

  /** The user reads or does not; {@link #deliver} is to follow when it does again. */
  void reading(boolean on) {
    if (channel != null && !closed) {
      channel.config().setAutoRead(on);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      lose(Heads.unreadable(part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpResponse head) {
      begin(head);
    }
    if (part instanceof HttpContent content && !closed) {
      body(content.content(), part instanceof LastHttpContent);
    }
  }

  private void begin(HttpResponse head) {
    User asker = user;
    if (asker == null || whole) {
      close();
      return;
    }
    interim = head.status().code() < 200;
    if (interim) {
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(head);
    discardable = 0;
    if (!asker.head(head)) {
      user = null;
      discardable = MAX_DISCARDED_BYTES;
      if (!keepAlive) {
        close();
      }
    }
  }

  private void body(ByteBuf content, boolean last) {
    if (interim) {
      interim = !last;
      return;
    }
    whole = last;
    if (user == null) {
      discardable -= content.readableBytes();
      if (discardable < 0) {
        close();
      }
    } else if (content.isReadable()) {
      take(content);
    }
    finish();
  }

  private void take(ByteBuf content) {
    User asker = user;
    if (asker != null && unread.isEmpty() && asker.isReading()) {
      give(asker, content);
    }
    if (!closed && content.isReadable()) {
      unreadBytes += content.readableBytes();
      if (unreadBytes > MAX_UNREAD_BYTES) {
        lose(new Fault(Fault.Kind.CLOSED, "the server closed the connection while it had to wait"));
      } else {
        unread.addLast(content.retain());
      }
    }
  }

  private static void give(User asker, ByteBuf content) {
    ByteBuffer view = content.nioBuffer();
    asker.bytes(view);
    content.skipBytes(content.readableBytes() - view.remaining());
  }

  /** Gives what came while the user did not read. */
  void deliver() {
    User asker = user;
    while (asker != null && asker.isReading() && !unread.isEmpty()) {
      ByteBuf first = unread.removeFirst();
      int before = first.readableBytes();
      give(asker, first);
      unreadBytes -= before - first.readableBytes();
      if (first.isReadable() && !closed) {
        unread.addFirst(first);
      } else {
        first.release();
      }
      asker = user;
    }
    finish();
  }

  private void finish() {
    if (!whole || closed || !unread.isEmpty()) {
      return;
    }
    User asker = user;
    user = null;
    if (keepAlive && channel != null) {
      channel.config().setAutoRead(true);
      links.put(this);
    } else {
      close();
    }
    if (asker != null) {
      asker.end();
    }
  }

  private void lose(Fault fault) {
    User asker = user;
    close();
    if (asker != null) {
      asker.lost(fault);
    }
  }

  /** Closes it; nobody is told. */
  void close() {
    user = null;
    closed = true;
    links.forget(this);
    unread.forEach(ByteBuf::release);
    unread.clear();
    unreadBytes = 0;
    if (channel != null) {
      Sockets.close(channel);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!closed && (unread.isEmpty() || !whole)) {
      lose(new Fault(Fault.Kind.CLOSED, "the server closed the connection"));
    } else {
      keepAlive = false;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!closed) {
      lose(Faults.of(cause));
    }
  }
}
