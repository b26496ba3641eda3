package sluice.tracker.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Who asks, in two words: an IPv4 address is in the second.
 *
 * @param ipv6 which family
 * @param high first half of an IPv6 address, else 0
 * @param low second half, or the IPv4 address
 */
record Sender(boolean ipv6, long high, long low) {
  /** An IPv4 address and a port of 4 bytes; an IPv6 address has a scope, too. */
  private static final int IPV4_NAME_BYTES = 8;

  static Sender of(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new Sender(true, bytes.getLong(0), bytes.getLong(8))
        : new Sender(false, 0, bytes.getInt(0) & 0xffffffffL);
  }

  /** The same of an address as Netty's native accept gives it: its length comes first. */
  static Sender ofName(byte[] name) {
    ByteBuffer bytes = ByteBuffer.wrap(name);
    return name[0] == IPV4_NAME_BYTES
        ? new Sender(false, 0, bytes.getInt(1) & 0xffffffffL)
        : new Sender(true, bytes.getLong(1), bytes.getLong(9));
  }

  /** The address in network order. */
  byte[] bytes() {
    return ipv6
        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
        : ByteBuffer.allocate(4).putInt((int) low).array();
  }
}
