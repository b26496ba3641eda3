package sluice.tracker.swarm;

import java.nio.ByteBuffer;

/**
 * Random choice of peers for a reply. The allowed range is turned by a random angle and cut into as
 * many parts as peers are wanted, and one is taken from each: nobody twice, each with the same
 * probability, without a look at those that are not taken.
 */
final class Selection {
  private Selection() {}

  /**
   * Writes up to {@code want} peers of {@code list} in [{@code from}, size), but not the one at
   * {@code except}.
   *
   * @return how many
   */
  static int write(PeerList list, int from, int except, int want, long random, ByteBuffer out) {
    boolean excludes = except >= from;
    int range = list.size - from - (excludes ? 1 : 0);
    int count = Math.min(want, range);
    if (count <= 0) {
      return 0;
    }
    if (count == range) {
      return writeAll(list, from, excludes ? except : list.size, out);
    }
    long chance = random | 1;
    int turn = (int) (((chance >>> 32) * range) >>> 32);
    int at = out.position();
    long start = 0;
    for (int i = 1; i <= count; i++) {
      long end = (long) i * range / count;
      chance = Mix.next(chance);
      long pick = start + (((chance >>> 32) * (end - start)) >>> 32) + turn;
      int place = from + (int) (pick >= range ? pick - range : pick);
      at = put(list, excludes && place >= except ? place + 1 : place, out, at);
      start = end;
    }
    out.position(at);
    return count;
  }

  /** Writes all from {@code from} on but the one at {@code except}. */
  private static int writeAll(PeerList list, int from, int except, ByteBuffer out) {
    int at = out.position();
    for (int i = from; i < except; i++) {
      at = put(list, i, out, at);
    }
    for (int i = except + 1; i < list.size; i++) {
      at = put(list, i, out, at);
    }
    out.position(at);
    return list.size - from - (except < list.size ? 1 : 0);
  }

  /** Whole words are written, as that is one step; what is too much is written over. */
  private static int put(PeerList list, int place, ByteBuffer out, int at) {
    long block = list.block(place);
    int offset = list.offset(place);
    out.putLong(at, Memory.word(block, offset));
    if (list.stride == 1) {
      return at + 6;
    }
    out.putLong(at + 8, Memory.word(block, offset + 1));
    out.putLong(at + 16, Memory.word(block, offset + 2));
    return at + 18;
  }
}
