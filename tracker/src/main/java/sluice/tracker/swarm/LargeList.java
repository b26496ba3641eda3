package sluice.tracker.swarm;

import java.util.Arrays;

/** A long list with arrays of its own and an index from peers to their places. */
final class LargeList extends PeerList {
  private final long seed;

  /** Open addressing, at most half full: place + 1, or 0 for free. */
  private int[] index;

  /** A list with the records of {@code other} and room for more. */
  LargeList(PeerList other, long seed) {
    super(other.stride);
    this.seed = seed;
    this.words = new long[2 * Math.max(SmallList.MAX, other.size) * stride];
    copyFrom(other);
    this.index = new int[indexSize()];
    indexAll();
  }

  private int capacity() {
    return words.length / stride;
  }

  private int indexSize() {
    return Integer.highestOneBit(2 * capacity() - 1) * 2;
  }

  /** Makes room for one more record. */
  void grow() {
    if (size == capacity()) {
      resize(size + (size >> 1));
    }
  }

  /** Gives memory back when much of it is not used. */
  void shrink() {
    if (size > SmallList.MAX && size < capacity() / 3) {
      resize(size + (size >> 2));
    }
  }

  private void resize(int records) {
    words = Arrays.copyOf(words, Math.multiplyExact(records, stride));
    if (index.length < 2 * records || index.length > 8 * records) {
      index = new int[indexSize()];
      indexAll();
    }
  }

  /** Bytes on the heap, headers left out. */
  long bytes() {
    return 8L * words.length + 4L * index.length;
  }

  @Override
  int find(Visit visit) {
    int slot = home(visit.word0, visit.word1, visit.word2);
    while (index[slot] != 0) {
      if (isSame(index[slot] - 1, visit)) {
        return index[slot] - 1;
      }
      slot = next(slot);
    }
    return -1;
  }

  @Override
  void placed(int from, int to) {
    int slot = home(to);
    while (index[slot] != from + 1) {
      slot = next(slot);
    }
    index[slot] = to + 1;
  }

  @Override
  void forget(int at) {
    int hole = home(at);
    while (index[hole] != at + 1) {
      hole = next(hole);
    }
    // Entries that were pushed beyond the hole move back, so that no search ends too early.
    for (int slot = next(hole); index[slot] != 0; slot = next(slot)) {
      int home = home(index[slot] - 1);
      if (((slot - home) & (index.length - 1)) >= ((slot - hole) & (index.length - 1))) {
        index[hole] = index[slot];
        hole = slot;
      }
    }
    index[hole] = 0;
  }

  private void indexAll() {
    for (int i = 0; i < size; i++) {
      placed(-1, i);
    }
  }

  private int next(int slot) {
    return (slot + 1) & (index.length - 1);
  }

  private int home(int at) {
    int last = offset(at) + stride - 1;
    return stride == 1
        ? home(0, 0, words[last])
        : home(words[last - 2], words[last - 1], words[last]);
  }

  private int home(long word0, long word1, long word2) {
    long key = word2 & ~TIME_MASK;
    long mixed = stride == 1 ? Mix.of(key, seed) : Mix.of(Mix.of(word0 ^ key, seed), word1);
    return (int) mixed & (index.length - 1);
  }
}
