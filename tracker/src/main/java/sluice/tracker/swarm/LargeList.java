package sluice.tracker.swarm;

import java.util.Arrays;

/**
 * A long list in pages, with an index from peers to their places. It grows by a page, whatever its
 * length.
 */
final class LargeList extends PeerList {
  private static final int PAGE_BITS = 9;
  private static final int PAGE = 1 << PAGE_BITS;

  /** This, its index and the arrays that both have. */
  private static final int OBJECTS_BYTES = 136;

  /** A block and its place among the pages. */
  private static final int PAGE_BYTES = 8 + Memory.OVERHEAD_BYTES;

  private final Memory memory;
  private final long seed;
  private final PlaceIndex index;

  /** All full, but the first one is shorter as long as it is the only one. */
  private long[] pages;

  private int capacity;
  private int hand;

  /** A list with the records of {@code other} and room for more. */
  LargeList(PeerList other, long seed, Memory memory) {
    super(other.stride);
    this.seed = seed;
    this.memory = memory;
    this.capacity = room(other.size);
    this.pages = new long[] {memory.words(capacity * stride)};
    this.index = new PlaceIndex(this, other.size, memory);
    Memory.copy(other.block(0), other.offset(0), pages[0], 0, other.size * stride);
    seedEnd = other.seedEnd;
    partialEnd = other.partialEnd;
    size = other.size;
    for (int i = 0; i < size; i++) {
      index.add(i, hash(i));
    }
  }

  /** Records that a list of one page gets room for. */
  private static int room(int size) {
    return size + (size >> 2) + 1;
  }

  /** Makes room for one more record. */
  void grow() {
    if (size < capacity) {
      return;
    }
    if (capacity < PAGE) {
      resize(Math.min(PAGE, room(size)));
      return;
    }
    int count = capacity >>> PAGE_BITS;
    if (count == pages.length) {
      pages = Arrays.copyOf(pages, count + (count >> 2) + 1);
    }
    pages[count] = memory.words(PAGE * stride);
    capacity += PAGE;
  }

  /** Gives memory back when much of it is not used. */
  void shrink() {
    if (capacity > PAGE) {
      // One page more stays, so that a list that grows and shrinks by a few does not allocate.
      int needed = (size >>> PAGE_BITS) + 2;
      for (int i = needed; i < capacity >>> PAGE_BITS; i++) {
        memory.free(pages[i]);
        pages[i] = Memory.NOTHING;
      }
      capacity = Math.min(capacity, needed << PAGE_BITS);
      if (size <= PAGE / 2) {
        if (capacity > PAGE) {
          memory.free(pages[1]);
        }
        pages = Arrays.copyOf(pages, 1);
        capacity = PAGE;
      }
    }
    if (size < capacity / 2 && capacity <= PAGE) {
      resize(room(size));
    }
    index.shrink();
  }

  private void resize(int records) {
    long page = memory.words(records * stride);
    Memory.copy(pages[0], 0, page, 0, size * stride);
    memory.free(pages[0]);
    pages[0] = page;
    capacity = records;
  }

  /** Bytes of all that there is of it. */
  long bytes() {
    return 8L * capacity * stride
        + PAGE_BYTES * (long) pages.length
        + index.bytes()
        + OBJECTS_BYTES;
  }

  /** It is no longer used. */
  void free() {
    for (int i = 0; i < Math.max(1, capacity >>> PAGE_BITS); i++) {
      memory.free(pages[i]);
    }
    index.free();
  }

  @Override
  long block(int at) {
    return pages[at >>> PAGE_BITS];
  }

  @Override
  int offset(int at) {
    return (at & (PAGE - 1)) * stride;
  }

  @Override
  int find(Visit visit) {
    return index.find(visit, hash(visit.word0, visit.word1, visit.word2));
  }

  @Override
  void placed(int from, int to) {
    if (from < 0) {
      index.add(to, hash(to));
    } else {
      index.replace(from, to, hash(to));
    }
  }

  @Override
  void forget(int at) {
    index.remove(at, hash(at));
  }

  @Override
  int unswept() {
    return hand > 0 && hand <= size ? hand : size;
  }

  @Override
  void unswept(int records) {
    hand = records;
  }

  @Override
  boolean isSwept() {
    return hand == 0;
  }

  /** By which the record {@code at} is found. */
  long hash(int at) {
    long block = block(at);
    int last = offset(at) + stride - 1;
    long word2 = Memory.word(block, last);
    return stride == 1
        ? hash(0, 0, word2)
        : hash(Memory.word(block, last - 2), Memory.word(block, last - 1), word2);
  }

  private long hash(long word0, long word1, long word2) {
    long key = word2 & ~TIME_MASK;
    return stride == 1 ? Mix.of(key, seed) : Mix.of(Mix.of(word0 ^ key, seed), word1);
  }
}
