package sluice.protocol.address;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The canonical priority of a connection (BEP 40): both ends compute the same number, from their
 * addresses alone, so that all of a swarm prefer the same connections and the swarm is connected
 * evenly. The higher is preferred.
 *
 * <p>Of the two addresses the part in which networks differ counts whole: of IPv4 the bytes up to
 * the first difference and at least two, of IPv6 at least six; of the others every second bit.
 */
public final class PeerPriority {
  private static final byte HALF = 0x55;
  private static final int WHOLE_IPV4_BYTES = 2;
  private static final int WHOLE_IPV6_BYTES = 6;

  private PeerPriority() {}

  /** The priority, an unsigned number, of a connection between two peers of one family. */
  public static int of(Endpoint one, Endpoint other) {
    byte[] a = one.address().getAddress();
    byte[] b = other.address().getAddress();
    if (a.length != b.length) {
      throw new IllegalArgumentException("two families: " + one + " and " + other);
    }
    int mismatch = Arrays.mismatch(a, b);
    if (mismatch < 0) {
      return crc(port(one), port(other));
    }
    int whole = Math.max(mismatch + 1, a.length == 4 ? WHOLE_IPV4_BYTES : WHOLE_IPV6_BYTES);
    for (int i = whole; i < a.length; i++) {
      a[i] &= HALF;
      b[i] &= HALF;
    }
    return crc(a, b);
  }

  private static byte[] port(Endpoint endpoint) {
    return ByteBuffer.allocate(2).putShort((short) endpoint.port()).array();
  }

  private static int crc(byte[] a, byte[] b) {
    boolean inOrder = Arrays.compareUnsigned(a, b) <= 0;
    CRC32C crc = new CRC32C();
    crc.update(inOrder ? a : b);
    crc.update(inOrder ? b : a);
    return (int) crc.getValue();
  }
}
