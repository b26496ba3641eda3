package sluice.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Lets all streams of a loop read into one direct buffer, which is empty again when the handler of
 * the bytes returns. A turn of a stream ends at a short read, when reading is switched off, or
 * after a fixed number of reads.
 */
final class SharedReads implements RecvByteBufAllocator {
  private final ByteBuf buffer;
  private final int readsPerTurn;

  SharedReads(int readBytes, int readsPerTurn) {
    this.buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(readBytes));
    this.readsPerTurn = readsPerTurn;
  }

  @Override
  public ExtendedHandle newHandle() {
    return new Turn();
  }

  /** The reads of one stream at one wake-up. */
  private final class Turn implements ExtendedHandle {
    private @Nullable ChannelConfig config;
    private int reads;
    private int attempted;
    private int last;

    @Override
    public ByteBuf allocate(ByteBufAllocator unused) {
      return buffer.clear().retain();
    }

    @Override
    public int guess() {
      return buffer.capacity();
    }

    @Override
    public void reset(ChannelConfig ofStream) {
      config = ofStream;
      reads = 0;
      last = 0;
    }

    @Override
    public void incMessagesRead(int count) {
      reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      return last == attempted
          && last > 0
          && reads < readsPerTurn
          && config != null
          && config.isAutoRead();
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return continueReading();
    }

    @Override
    public void readComplete() {
      config = null;
    }
  }
}
