package sluice.tracker.swarm;

import java.util.Arrays;

/** A long list with arrays of its own and an index from peers to their places. */
final class LargeList extends PeerList {
  private static final int OBJECTS_BYTES = 96;

  private final long seed;

  /** Open addressing, two slots for each record there is room for: place + 1, or 0 for free. */
  private int[] index;

  /** A list with the records of {@code other} and room for more. */
  LargeList(PeerList other, long seed) {
    super(other.stride);
    this.seed = seed;
    this.words = new long[(other.size + (other.size >> 2)) * stride];
    copyFrom(other);
    this.index = new int[2 * capacity()];
    indexAll();
  }

  private int capacity() {
    return words.length / stride;
  }

  /** Makes room for one more record. */
  void grow() {
    if (size == capacity()) {
      resize(size + (size >> 2));
    }
  }

  /** Gives memory back when much of it is not used. */
  void shrink() {
    if (size < capacity() / 2) {
      resize(size + (size >> 2));
    }
  }

  private void resize(int records) {
    words = Arrays.copyOf(words, Math.multiplyExact(records, stride));
    index = new int[2 * records];
    indexAll();
  }

  /** Bytes on the heap with the headers of three objects. */
  long bytes() {
    return 8L * words.length + 4L * index.length + OBJECTS_BYTES;
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
      if (distance(home, slot) >= distance(hole, slot)) {
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
    return slot + 1 == index.length ? 0 : slot + 1;
  }

  /** Steps forward from one slot to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + index.length;
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
    return (int) (((mixed >>> Integer.SIZE) * index.length) >>> Integer.SIZE);
  }
}
