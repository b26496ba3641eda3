package sluice.transport.netty;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import java.nio.ByteBuffer;

/** Bytes on their way out, in memory that goes back to its owner when they have left or failed. */
final class Outgoing extends UnpooledDirectByteBuf {
  private final NettyPipe pipe;
  private final int length;
  private final Runnable giveBack;

  /** {@code bytes} is direct memory; its remaining bytes are sent. */
  Outgoing(NettyPipe pipe, ByteBuffer bytes, Runnable giveBack) {
    super(UnpooledByteBufAllocator.DEFAULT, bytes, bytes.remaining());
    this.pipe = pipe;
    this.length = bytes.remaining();
    this.giveBack = giveBack;
  }

  @Override
  protected void deallocate() {
    super.deallocate();
    giveBack.run();
    pipe.left(length);
  }
}
