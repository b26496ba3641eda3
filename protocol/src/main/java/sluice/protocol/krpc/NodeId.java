package sluice.protocol.krpc;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * A point in the 160-bit space of the DHT: the id of a node, or the target of a look-up.
 *
 * @param high bits 0 to 63, the most significant first
 * @param middle bits 64 to 127
 * @param low bits 128 to 159
 */
public record NodeId(long high, long middle, int low) {
  public static final int BYTES = 20;
  public static final int BITS = 160;

  /** Reads 20 bytes from {@code in}. */
  public static NodeId read(ByteBuffer in) {
    return new NodeId(in.getLong(), in.getLong(), in.getInt());
  }

  /** The id in {@code bytes}, which are 20. */
  public static NodeId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a node id has 20 bytes, not " + bytes.length);
    }
    return read(ByteBuffer.wrap(bytes));
  }

  /** The point of an info-hash, of which the first 20 bytes count (BEP 52). */
  public static NodeId of(Hash hash) {
    return of(hash.truncated().bytes());
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    write(out);
    return out.array();
  }

  /** Appends the 20 bytes to {@code out}. */
  public void write(ByteBuffer out) {
    out.putLong(high).putLong(middle).putInt(low);
  }

  /** The same as a hash. */
  public Hash hash() {
    return Hash.of(bytes());
  }

  BString string() {
    return BString.of(bytes());
  }

  /** How many of the first bits are those of {@code other}: 0 to 160. */
  public int commonBits(NodeId other) {
    if (high != other.high) {
      return Long.numberOfLeadingZeros(high ^ other.high);
    }
    if (middle != other.middle) {
      return Long.SIZE + Long.numberOfLeadingZeros(middle ^ other.middle);
    }
    return 2 * Long.SIZE + Integer.numberOfLeadingZeros(low ^ other.low);
  }

  /** Negative if {@code a} is nearer to this point than {@code b} by the XOR metric. */
  public int compareDistance(NodeId a, NodeId b) {
    int order = Long.compareUnsigned(high ^ a.high, high ^ b.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle ^ a.middle, middle ^ b.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low ^ a.low, low ^ b.low);
  }

  /** This point with its first {@code bits} bits taken from {@code prefix}. */
  public NodeId withPrefix(NodeId prefix, int bits) {
    return new NodeId(
        mix(prefix.high, high, bits),
        mix(prefix.middle, middle, bits - Long.SIZE),
        (int) (mix((long) prefix.low << 32, (long) low << 32, bits - 2 * Long.SIZE) >>> 32));
  }

  /** This point with bit {@code index} turned round. */
  public NodeId flip(int index) {
    return new NodeId(
        index < Long.SIZE ? high ^ (Long.MIN_VALUE >>> index) : high,
        index >= Long.SIZE && index < 2 * Long.SIZE
            ? middle ^ (Long.MIN_VALUE >>> (index - Long.SIZE))
            : middle,
        index >= 2 * Long.SIZE ? low ^ (Integer.MIN_VALUE >>> (index - 2 * Long.SIZE)) : low);
  }

  private static long mix(long first, long rest, int bits) {
    if (bits <= 0) {
      return rest;
    }
    if (bits >= Long.SIZE) {
      return first;
    }
    long mask = -1L << (Long.SIZE - bits);
    return (first & mask) | (rest & ~mask);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
