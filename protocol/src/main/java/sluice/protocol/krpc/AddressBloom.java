package sluice.protocol.krpc;

import java.net.InetAddress;
import java.util.Arrays;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Digests;

/**
 * How many peers there are, without saying which: a Bloom filter of 256 bytes over their addresses
 * (BEP 33). Filters of several nodes can be joined, and no peer is counted twice. One thread.
 */
public final class AddressBloom {
  public static final int BYTES = 256;

  private static final int BITS = BYTES * Byte.SIZE;
  private static final double HASHES = 2;

  private final byte[] bits;

  private AddressBloom(byte[] bits) {
    this.bits = bits;
  }

  /** An empty one. */
  public static AddressBloom empty() {
    return new AddressBloom(new byte[BYTES]);
  }

  /** The one in {@code bytes}, which are 256. */
  public static AddressBloom of(BString bytes) {
    if (bytes.length() != BYTES) {
      throw new IllegalArgumentException("a filter has 256 bytes, not " + bytes.length());
    }
    return new AddressBloom(bytes.bytes());
  }

  /** Counts the peer at {@code address}. */
  public void add(InetAddress address) {
    byte[] hash = Digests.sha1().digest(address.getAddress());
    set((hash[0] & 0xff) | (hash[1] & 0xff) << 8);
    set((hash[2] & 0xff) | (hash[3] & 0xff) << 8);
  }

  /** Counts all that {@code other} has counted. */
  public void join(AddressBloom other) {
    for (int i = 0; i < BYTES; i++) {
      bits[i] |= other.bits[i];
    }
  }

  /** About how many were counted; a filter that is full says some thousands. */
  public double estimate() {
    int set = 0;
    for (byte b : bits) {
      set += Integer.bitCount(b & 0xff);
    }
    double zeros = Math.min(BITS - 1, Math.max(1, BITS - set));
    return set == 0 ? 0 : Math.log(zeros / BITS) / (HASHES * Math.log(1 - 1.0 / BITS));
  }

  /** The 256 bytes. */
  public BString bytes() {
    return BString.of(bits);
  }

  private void set(int hash) {
    int index = hash % BITS;
    bits[index / Byte.SIZE] |= (byte) (1 << index % Byte.SIZE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressBloom that && Arrays.equals(bits, that.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
