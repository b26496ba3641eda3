package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/**
 * A TCP stream. Small writes are gathered in the arena's chunk until a block or a flush follows, so
 * that a flush is few system calls with many blocks each. Loop only.
 */
final class NettyPipe extends ChannelInboundHandlerAdapter implements Pipe {
  private static final int MAX_STASH_BYTES = 1024 * 1024;
  private static final Fault BY_US = new Fault(Fault.Kind.CANCELLED, "closed by this side");
  private static final Fault BY_PEER = new Fault(Fault.Kind.CLOSED, "the peer closed the stream");

  private final Channel channel;
  private final Endpoint remote;
  private final NettyNet net;
  private final Runnable drained = this::drained;
  private final Runnable unstash = this::unstash;

  private @Nullable Handler handler;
  private @Nullable Fault end;
  private boolean told;
  private boolean reading = true;

  /** Bytes that the channel read although reading was off; they are delivered first. */
  private @Nullable ByteBuf stash;

  /** The region of the arena that further small writes extend: {@code [openFrom, position)}. */
  private CopyArena.@Nullable Chunk open;

  private int openFrom;
  private int openTo;

  private long pending;

  /**
   * The handler is told to go on when {@link #pending} falls below this; 0 for never. After a large
   * watermark it is 1: who had no use for the first time, having little memory, is told again.
   */
  private long tellBelow;

  NettyPipe(NettyNet net, Channel channel, Endpoint remote) {
    this.net = net;
    this.channel = channel;
    this.remote = remote;
  }

  /** Shows this pipe to its user; one that gets no handler, as the user failed, is closed. */
  void introduce(Consumer<Pipe> user) {
    try {
      user.accept(this);
    } finally {
      if (handler == null) {
        close();
      }
    }
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public void handler(Handler receiver) {
    assert net.isCurrent();
    handler = receiver;
    if (reading) {
      read();
    }
  }

  @Override
  public void reading(boolean on) {
    assert net.isCurrent();
    if (reading == on) {
      return;
    }
    reading = on;
    if (!on) {
      channel.config().setAutoRead(false);
    } else if (handler != null) {
      read();
    }
  }

  private void read() {
    if (stash != null) {
      net.later(unstash);
    }
    channel.config().setAutoRead(true);
  }

  @Override
  public void write(ByteBuffer bytes) {
    assert net.isCurrent();
    if (end != null) {
      return;
    }
    while (bytes.hasRemaining()) {
      CopyArena.Chunk chunk = net.arena().current();
      if (open != chunk || openTo != chunk.memory.position()) {
        seal();
        open = chunk;
        openFrom = chunk.memory.position();
        chunk.retain();
      }
      int count = Math.min(bytes.remaining(), chunk.memory.remaining());
      chunk.memory.put(chunk.memory.position(), bytes, bytes.position(), count);
      chunk.memory.position(chunk.memory.position() + count);
      bytes.position(bytes.position() + count);
      openTo = chunk.memory.position();
      queued(count);
    }
  }

  @Override
  public void write(Block block, int offset, int length) {
    assert net.isCurrent();
    if (end != null) {
      block.release();
      return;
    }
    ByteBuffer bytes = block.bytes().slice(offset, length);
    if (length == 0 || !bytes.isDirect()) {
      write(bytes);
      block.release();
      return;
    }
    seal();
    queued(length);
    var _ = channel.write(new Outgoing(this, bytes, block::release), channel.voidPromise());
  }

  /** Hands the gathered small writes to the channel. */
  private void seal() {
    CopyArena.Chunk chunk = open;
    if (chunk != null) {
      open = null;
      ByteBuffer bytes = chunk.memory.duplicate().position(openFrom).limit(openTo);
      var _ = channel.write(new Outgoing(this, bytes, chunk::release), channel.voidPromise());
    }
  }

  private void queued(int bytes) {
    pending += bytes;
    if (pending >= net.lowWatermark()) {
      tellBelow = net.lowWatermark();
    }
  }

  @Override
  public void flush() {
    assert net.isCurrent();
    if (end != null) {
      return;
    }
    seal();
    channel.flush();
    if (pending > 0 && tellBelow == 0) {
      tellBelow = 1;
    }
  }

  /** Takes {@code bytes} off what is pending. */
  void left(int bytes) {
    pending -= bytes;
    if (pending < tellBelow) {
      tellBelow = pending > 0 ? 1 : 0;
      net.later(drained);
    }
  }

  private void drained() {
    if (end == null && handler != null) {
      handler.onDrained();
    }
  }

  @Override
  public long pending() {
    return pending;
  }

  @Override
  public void close() {
    assert net.isCurrent();
    close(BY_US);
  }

  private void close(Fault fault) {
    if (end != null) {
      return;
    }
    end = fault;
    seal();
    stash = null;
    Sockets.close(channel);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (end != null) {
        return;
      }
      if (reading && handler != null && stash == null) {
        handler.onBytes(bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes()));
      } else {
        keep(bytes);
      }
    } finally {
      bytes.release();
    }
  }

  /** A peer that closes makes the channel read to the end, whether reading is on or not. */
  private void keep(ByteBuf bytes) {
    ByteBuf kept = stash == null ? Unpooled.buffer(bytes.readableBytes()) : stash;
    if (kept.readableBytes() + bytes.readableBytes() > MAX_STASH_BYTES) {
      close(BY_PEER);
      return;
    }
    stash = kept.writeBytes(bytes);
  }

  private void unstash() {
    ByteBuf kept = stash;
    if (kept != null && reading && end == null && handler != null) {
      stash = null;
      handler.onBytes(kept.nioBuffer());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    close(BY_PEER);
    tellEnd();
  }

  private void tellEnd() {
    if (!told && handler != null && end != null) {
      told = true;
      handler.onClosed(end);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (end == null) {
      close(Faults.of(cause));
    }
  }
}
