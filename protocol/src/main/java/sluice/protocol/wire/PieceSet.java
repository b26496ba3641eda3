package sluice.protocol.wire;

import java.util.Arrays;

/**
 * A mutable set of the pieces {@code 0..size-1} with a count that is always known. One bit for each
 * piece. Owned by one thread.
 */
public final class PieceSet {
  private final int size;
  private final long[] words;
  private int count;

  /** An empty set for {@code size} pieces. */
  public PieceSet(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("negative size: " + size);
    }
    this.size = size;
    this.words = new long[(size + 63) >>> 6];
  }

  private PieceSet(PieceSet other) {
    size = other.size;
    words = other.words.clone();
    count = other.count;
  }

  /** A set with every piece. */
  public static PieceSet full(int size) {
    PieceSet set = new PieceSet(size);
    set.setAll();
    return set;
  }

  /**
   * The set that a bitfield message tells (BEP 3: most significant bit first).
   *
   * @throws ProtocolException when the length is wrong or a spare bit is set
   */
  public static PieceSet ofWire(byte[] bits, int size) {
    if (bits.length != wireBytes(size)) {
      throw new ProtocolException(
          Violation.BAD_BITFIELD, bits.length + " bytes instead of " + wireBytes(size));
    }
    if (hasSpareBits(bits, size)) {
      throw new ProtocolException(Violation.BAD_BITFIELD, "a spare bit is set");
    }
    PieceSet set = new PieceSet(size);
    for (int i = 0; i < bits.length; i++) {
      long reversed = Integer.toUnsignedLong(Integer.reverse(bits[i])) >>> 24;
      set.words[i >>> 3] |= reversed << ((i & 7) << 3);
    }
    set.recount();
    return set;
  }

  /** As {@link #ofWire(byte[], int)}, from the remaining bytes of a message, which stay unread. */
  public static PieceSet of(Message.Bitfield message, int size) {
    byte[] bits = new byte[message.bits().remaining()];
    message.bits().get(message.bits().position(), bits);
    return ofWire(bits, size);
  }

  /** Bytes of a bitfield message for {@code size} pieces. */
  public static int wireBytes(int size) {
    return (size + 7) >>> 3;
  }

  /** Whether {@code bits} has a bit beyond {@code size} in its last byte. */
  static boolean hasSpareBits(byte[] bits, int size) {
    int used = size & 7;
    return used != 0 && bits.length != 0 && (bits[bits.length - 1] & (0xff >>> used)) != 0;
  }

  /** The payload of a bitfield message. */
  public byte[] toWire() {
    byte[] bits = new byte[wireBytes(size)];
    for (int i = 0; i < bits.length; i++) {
      int low = (int) (words[i >>> 3] >>> ((i & 7) << 3)) & 0xff;
      bits[i] = (byte) (Integer.reverse(low) >>> 24);
    }
    return bits;
  }

  /** Number of pieces of the torrent. */
  public int size() {
    return size;
  }

  /** Number of pieces in the set. */
  public int count() {
    return count;
  }

  /** Whether no piece is in the set. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether every piece is in the set. */
  public boolean isFull() {
    return count == size;
  }

  /** Whether {@code piece} is in the set. */
  public boolean get(int piece) {
    check(piece);
    return (words[piece >>> 6] & (1L << piece)) != 0;
  }

  /** Adds {@code piece}; tells whether that changed the set. */
  public boolean set(int piece) {
    check(piece);
    long before = words[piece >>> 6];
    long after = before | (1L << piece);
    words[piece >>> 6] = after;
    count += before == after ? 0 : 1;
    return before != after;
  }

  /** Removes {@code piece}; tells whether that changed the set. */
  public boolean clear(int piece) {
    check(piece);
    long before = words[piece >>> 6];
    long after = before & ~(1L << piece);
    words[piece >>> 6] = after;
    count -= before == after ? 0 : 1;
    return before != after;
  }

  /** Adds every piece. */
  public void setAll() {
    Arrays.fill(words, -1L);
    if ((size & 63) != 0) {
      words[words.length - 1] = (1L << size) - 1;
    }
    count = size;
  }

  /** Removes every piece. */
  public void clearAll() {
    Arrays.fill(words, 0);
    count = 0;
  }

  /** The first piece at or after {@code from} that is in the set, or -1. */
  public int nextSet(int from) {
    for (int w = from >>> 6; w < words.length; w++) {
      long word = w == from >>> 6 ? words[w] & (-1L << from) : words[w];
      if (word != 0) {
        return (w << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return -1;
  }

  /** The first piece at or after {@code from} that is not in the set, or -1. */
  public int nextClear(int from) {
    for (int w = from >>> 6; w < words.length; w++) {
      long word = w == from >>> 6 ? ~words[w] & (-1L << from) : ~words[w];
      if (word != 0) {
        int piece = (w << 6) + Long.numberOfTrailingZeros(word);
        return piece < size ? piece : -1;
      }
    }
    return -1;
  }

  /** Whether this set has a piece that {@code other}, of the same size, lacks. */
  public boolean hasBeyond(PieceSet other) {
    if (other.size != size) {
      throw new IllegalArgumentException("sizes differ: " + size + ", " + other.size);
    }
    for (int w = 0; w < words.length; w++) {
      if ((words[w] & ~other.words[w]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** An independent copy. */
  public PieceSet copy() {
    return new PieceSet(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PieceSet that
        && size == that.size
        && count == that.count
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * size + Arrays.hashCode(words);
  }

  @Override
  public String toString() {
    return count + " of " + size + " pieces";
  }

  private void recount() {
    count = 0;
    for (long word : words) {
      count += Long.bitCount(word);
    }
  }

  private void check(int piece) {
    if (piece < 0 || piece >= size) {
      throw new IndexOutOfBoundsException("piece " + piece + " of " + size);
    }
  }
}
