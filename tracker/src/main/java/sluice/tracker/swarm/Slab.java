package sluice.tracker.swarm;

import java.util.Arrays;

/**
 * Memory for short lists: blocks of a few sizes, cut from chunks of one size each. A block that is
 * freed is used again for its size; chunks are kept. A handle names a block.
 */
final class Slab {
  private static final int CHUNK_BITS = 9;
  private static final int CHUNK_WORDS = 1 << CHUNK_BITS;

  /** Of a processor's cache. */
  private static final int LINE_WORDS = 8;

  /** Words of a block, ascending. */
  private static final int[] SIZES = {2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 168};

  /** By words needed: the number of the least size that has them. */
  private static final byte[] SIZE_OF = new byte[169];

  static {
    int number = 0;
    for (int words = 0; words < SIZE_OF.length; words++) {
      if (words > SIZES[number]) {
        number++;
      }
      SIZE_OF[words] = (byte) number;
    }
  }

  private final Memory memory;
  private long[] chunks = new long[8];
  private byte[] sizeOfChunk = new byte[8];
  private int chunkCount;

  /** By size: the first free block + 1, or 0. A free block's first word is the next such number. */
  private final long[] free = new long[SIZES.length];

  /** By size: the chunk that is being cut, and how much of it is. */
  private final int[] cutting = new int[SIZES.length];

  private final int[] cut = new int[SIZES.length];

  Slab(Memory memory) {
    this.memory = memory;
    Arrays.fill(cut, CHUNK_WORDS);
  }

  /** A block of at least {@code words} words, with old content. */
  int allocate(int words) {
    int number = SIZE_OF[words];
    if (free[number] != 0) {
      int handle = (int) (free[number] - 1);
      free[number] = word(handle, 0);
      return handle;
    }
    if (cut[number] + SIZES[number] > CHUNK_WORDS) {
      cutting[number] = addChunk(number);
      cut[number] = 0;
    }
    int handle = (cutting[number] << CHUNK_BITS) | cut[number];
    cut[number] += SIZES[number];
    return handle;
  }

  /** The block {@code handle} is no longer used. */
  void free(int handle) {
    int number = sizeOfChunk[handle >>> CHUNK_BITS];
    word(handle, 0, free[number]);
    free[number] = Integer.toUnsignedLong(handle) + 1;
  }

  /** Words of the block {@code handle}. */
  int words(int handle) {
    return SIZES[sizeOfChunk[handle >>> CHUNK_BITS]];
  }

  /** Whether a block for {@code words} words would be at least two sizes smaller. */
  boolean isTooLarge(int handle, int words) {
    return SIZE_OF[words] + 1 < sizeOfChunk[handle >>> CHUNK_BITS];
  }

  /** The word {@code at} of the block {@code handle}. */
  long word(int handle, int at) {
    return Memory.word(chunk(handle), offset(handle) + at);
  }

  void word(int handle, int at, long word) {
    Memory.word(chunk(handle), offset(handle) + at, word);
  }

  /** Where the block {@code handle} is. */
  long chunk(int handle) {
    return chunks[handle >>> CHUNK_BITS];
  }

  /** Where in its chunk the block {@code handle} starts. */
  int offset(int handle) {
    return handle & (CHUNK_WORDS - 1);
  }

  /**
   * Something of the first words of the block {@code handle}, as far as two lines of a cache go, or
   * anything. Takes no lock: chunks are kept.
   */
  long glance(int handle) {
    long[] all = chunks;
    int chunk = handle >>> CHUNK_BITS;
    if (chunk >= all.length || all[chunk] == Memory.NOTHING) {
      return 0;
    }
    int at = offset(handle);
    return Memory.word(all[chunk], at)
        + Memory.word(all[chunk], Math.min(at + LINE_WORDS, CHUNK_WORDS - 1));
  }

  /** Bytes of all chunks. */
  long bytes() {
    return (8L * CHUNK_WORDS + Memory.LINE_OVERHEAD_BYTES) * chunkCount;
  }

  private int addChunk(int number) {
    if (chunkCount == chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * chunkCount);
      sizeOfChunk = Arrays.copyOf(sizeOfChunk, 2 * chunkCount);
    }
    chunks[chunkCount] = memory.lines(CHUNK_WORDS);
    sizeOfChunk[chunkCount] = (byte) number;
    return chunkCount++;
  }
}
