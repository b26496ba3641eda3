package sluice.tracker.swarm;

/**
 * The peers of one family in one swarm, as records in a block of memory or in several.
 *
 * <p>A record is 1 word (IPv4: address 32 bits, port 16, time 16) or 3 words (IPv6: address 128
 * bits, port 16, unused 32, time 16). Time is when the peer announced last, in seconds modulo
 * 65,536. Seeds come first, then partial seeds, then downloaders; inside a role the order means
 * nothing. A peer is in at most one record.
 */
abstract class PeerList {
  static final int TIME_BITS = 16;
  static final int TIME_MASK = 0xffff;

  final int stride;

  // Where roles end: seeds are [0, seedEnd), partial seeds [seedEnd, partialEnd), others the rest.
  int seedEnd;
  int partialEnd;
  int size;

  PeerList(int stride) {
    this.stride = stride;
  }

  /** Where the peer of {@code visit} is; −1 if nowhere. */
  abstract int find(Visit visit);

  /** The record that is leaving position {@code at} must not be found any more. */
  abstract void forget(int at);

  /** The record at {@code to} was at {@code from}, or nowhere if that is −1. */
  abstract void placed(int from, int to);

  /** The block in which the record {@code at} is. */
  abstract long block(int at);

  /** Where the record {@code at} starts in its block, in words. */
  abstract int offset(int at);

  /** Records, from the first one, at which the hand of expiry has not been on this turn. */
  abstract int unswept();

  abstract void unswept(int records);

  /** Whether the hand has been at all records. */
  abstract boolean isSwept();

  final Role role(int at) {
    if (at < seedEnd) {
      return Role.SEED;
    }
    return at < partialEnd ? Role.PARTIAL_SEED : Role.DOWNLOADER;
  }

  /** Whether the record {@code at} is that of the peer of {@code visit}. */
  final boolean isSame(int at, Visit visit) {
    long block = block(at);
    int last = offset(at) + stride - 1;
    if ((Memory.word(block, last) ^ visit.word2) >>> TIME_BITS != 0) {
      return false;
    }
    return stride == 1
        || (Memory.word(block, last - 2) == visit.word0
            && Memory.word(block, last - 1) == visit.word1);
  }

  /** The peer at {@code at} has announced at {@code seconds}. */
  final void touch(int at, int seconds) {
    long block = block(at);
    int last = offset(at) + stride - 1;
    Memory.word(block, last, (Memory.word(block, last) & ~TIME_MASK) | (seconds & TIME_MASK));
  }

  /** Seconds since the peer at {@code at} has announced. */
  final int age(int at, int seconds) {
    return (seconds - (int) Memory.word(block(at), offset(at) + stride - 1)) & TIME_MASK;
  }

  /** Adds the peer of {@code visit}; there is room for it. */
  final void insert(Visit visit, int seconds) {
    int hole = size++;
    if (visit.role != Role.DOWNLOADER) {
      hole = shift(partialEnd++, hole);
    }
    if (visit.role == Role.SEED) {
      hole = shift(seedEnd++, hole);
    }
    long block = block(hole);
    int last = offset(hole) + stride - 1;
    if (stride > 1) {
      Memory.word(block, last - 2, visit.word0);
      Memory.word(block, last - 1, visit.word1);
    }
    Memory.word(block, last, visit.word2 | (seconds & TIME_MASK));
    placed(-1, hole);
  }

  /** Takes the record {@code at} out. */
  final void remove(int at) {
    Role role = role(at);
    forget(at);
    int hole = at;
    if (role == Role.SEED) {
      hole = shift(--seedEnd, hole);
    }
    if (role != Role.DOWNLOADER) {
      hole = shift(--partialEnd, hole);
    }
    shift(--size, hole);
  }

  /** Moves the record {@code from} into the hole {@code to}; gives the hole that it leaves. */
  private int shift(int from, int to) {
    if (from != to) {
      Memory.copy(block(from), offset(from), block(to), offset(to), stride);
      placed(from, to);
    }
    return from;
  }
}
