package sluice.tracker.swarm;

/** A window onto a list that is so short that it is searched from end to end. */
final class SmallList extends PeerList {
  private static final int MOST_IPV4 = 64;
  private static final int MOST_IPV6 = 56;

  private long block = Memory.NOTHING;
  private int base;

  SmallList(int stride) {
    super(stride);
  }

  /** Records of the longest list that is searched so. */
  static int most(int stride) {
    return stride == 1 ? MOST_IPV4 : MOST_IPV6;
  }

  /** Looks at another list. */
  SmallList at(long in, int start, int seedsEnd, int partialsEnd, int count) {
    block = in;
    base = start;
    seedEnd = seedsEnd;
    partialEnd = partialsEnd;
    size = count;
    return this;
  }

  @Override
  long block(int at) {
    return block;
  }

  @Override
  int offset(int at) {
    return base + at * stride;
  }

  @Override
  int unswept() {
    return size;
  }

  @Override
  void unswept(int records) {
    assert records == 0 : "short lists are swept at once";
  }

  @Override
  boolean isSwept() {
    return true;
  }

  @Override
  int find(Visit visit) {
    if (stride == 1) {
      return find(block, base, base + size, visit.word2);
    }
    for (int i = 0; i < size; i++) {
      if (isSame(i, visit)) {
        return i;
      }
    }
    return -1;
  }

  private static int find(long block, int from, int to, long key) {
    for (int i = from; i < to; i++) {
      if ((Memory.word(block, i) ^ key) >>> TIME_BITS == 0) {
        return i - from;
      }
    }
    return -1;
  }

  @Override
  void forget(int at) {
    assert at < size : "a record of the list";
  }

  @Override
  void placed(int from, int to) {
    assert to <= size : "a record of the list";
  }
}
