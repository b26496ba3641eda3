package sluice.transport.netty;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Memory for small writes of all streams of a loop: chunks that are filled from front to back and
 * used again when every region of them has left. Loop only.
 */
final class CopyArena {
  static final int CHUNK_BYTES = 16 * 1024;
  private static final int MAX_SPARE_CHUNKS = 256;

  private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
  private @Nullable Chunk current;

  /** The chunk that is being filled; it has room for at least one byte. */
  Chunk current() {
    Chunk chunk = current;
    if (chunk != null && chunk.memory.hasRemaining()) {
      return chunk;
    }
    Chunk fresh = spare.pollLast();
    if (fresh == null) {
      fresh = new Chunk();
    }
    fresh.holds = 1;
    current = fresh;
    if (chunk != null) {
      chunk.release();
    }
    return fresh;
  }

  /** One piece of memory, counted by holds; the arena has one on the chunk that it fills. */
  final class Chunk {
    /** Filled up to its position. */
    final ByteBuffer memory = ByteBuffer.allocateDirect(CHUNK_BYTES);

    private int holds;

    void retain() {
      holds++;
    }

    void release() {
      if (--holds == 0) {
        memory.clear();
        if (spare.size() < MAX_SPARE_CHUNKS) {
          spare.addLast(this);
        }
      }
    }
  }
}
