package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.Arrays;
import sluice.engine.metadata.MemoryBudget;

/**
 * What one peer said while the torrent's pieces were unknown, kept for later: whole messages, and
 * behind them the bytes of the next one that is not whole. Bounded for the peer and, by the budget,
 * for the session. Loop only.
 */
final class KeptBytes {
  /** A bitfield of the largest torrent takes 256 KiB. */
  static final int MAX_BYTES = 320 << 10;

  private static final int FIRST_BYTES = 1 << 10;

  private final MemoryBudget memory;
  private byte[] bytes = new byte[0];
  private int size;

  /** End of the messages that are kept. */
  private int kept;

  KeptBytes(MemoryBudget memory) {
    this.memory = memory;
  }

  /** Adds what arrived; false if it is too much. */
  boolean add(ByteBuffer arrived) {
    int needed = size + arrived.remaining();
    if (needed > bytes.length) {
      int capacity = Math.max(FIRST_BYTES, Math.min(MAX_BYTES, Math.max(needed, 2 * bytes.length)));
      if (needed > MAX_BYTES || !memory.take(capacity - bytes.length)) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, capacity);
    }
    int count = arrived.remaining();
    arrived.get(bytes, size, count);
    size += count;
    return true;
  }

  /** The next message without its length, or null while it is not whole. */
  ByteBuffer next() {
    int length = nextLength();
    return length < 0 || size - kept - 4 < length
        ? ByteBuffer.allocate(0).asReadOnlyBuffer()
        : ByteBuffer.wrap(bytes, kept + 4, length).slice();
  }

  /** Whether the next message is whole. */
  boolean hasNext() {
    int length = nextLength();
    return length >= 0 && size - kept - 4 >= length;
  }

  /** What the next message gives for its length; -1 while that is not known. */
  int nextLength() {
    return size - kept < 4 ? -1 : ByteBuffer.wrap(bytes).getInt(kept) & Integer.MAX_VALUE;
  }

  /** Keeps the next message. */
  void keep() {
    kept += 4 + nextLength();
  }

  /** Forgets the next message. */
  void skip() {
    int end = kept + 4 + nextLength();
    System.arraycopy(bytes, end, bytes, kept, size - end);
    size -= end - kept;
  }

  /** Everything. Its memory is given back: nothing is to be added after this. */
  ByteBuffer take() {
    ByteBuffer all = ByteBuffer.wrap(bytes, 0, size);
    memory.give(bytes.length);
    bytes = new byte[0];
    size = 0;
    kept = 0;
    return all;
  }
}
