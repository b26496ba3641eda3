package sluice.engine.dht;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import sluice.protocol.krpc.SecureIds;

/**
 * Counts addresses by the networks that they are in, and lets few of each network pass: somebody
 * who has a network has many addresses, and shall not be most of those that count. Addresses that
 * are not of the internet always pass. One use, one thread.
 */
final class Networks {
  /** Most of one /24, or of one /64 of IPv6. */
  static final int MAX_NEAR = 1;

  /** Most of one /16, or of one /32 of IPv6. */
  static final int MAX_WIDE = 2;

  private static final int IPV4_BYTES = 4;

  private final Map<Long, Integer> counts = new HashMap<>();

  /** Counts {@code address} if there are not too many of its networks. */
  boolean add(InetAddress address) {
    if (SecureIds.isExempt(address)) {
      return true;
    }
    byte[] bytes = address.getAddress();
    boolean ipv4 = bytes.length == IPV4_BYTES;
    long near = key(bytes, ipv4 ? 3 : 8);
    long wide = ~key(bytes, ipv4 ? 2 : 4);
    if (counts.getOrDefault(near, 0) >= MAX_NEAR || counts.getOrDefault(wide, 0) >= MAX_WIDE) {
      return false;
    }
    counts.merge(near, 1, Integer::sum);
    counts.merge(wide, 1, Integer::sum);
    return true;
  }

  /** The first bytes as a number; those of different lengths differ for what is in use. */
  private static long key(byte[] bytes, int length) {
    long key = 1;
    for (int i = 0; i < length; i++) {
      key = key << Byte.SIZE | (bytes[i] & 0xff);
    }
    return key;
  }
}
