package sluice.protocol.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/** How an IP address is written: one of IPv6 in its one short form (RFC 5952). */
public final class IpText {
  private static final int GROUPS = 8;

  private IpText() {}

  /**
   * Such as {@code 192.0.2.1} or {@code 2001:db8::1}; behind an address of a link stands its zone
   * ({@code fe80::1%eth0}).
   */
  public static String of(InetAddress address) {
    String plain = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return plain;
    }
    int zone = plain.indexOf('%');
    return groups(address.getAddress()) + (zone < 0 ? "" : plain.substring(zone));
  }

  /** The same, in brackets if it is one of IPv6, as it stands before a port. */
  public static String bracketed(InetAddress address) {
    return address instanceof Inet6Address ? "[" + of(address) + "]" : of(address);
  }

  private static String groups(byte[] address) {
    int at = 0;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zeros(address, i);
      if (zeros > longest) {
        at = i;
        longest = zeros;
      }
    }
    return longest == 1
        ? join(address, 0, GROUPS)
        : join(address, 0, at) + "::" + join(address, at + longest, GROUPS);
  }

  /** How many groups of zero follow each other from group {@code from} on. */
  private static int zeros(byte[] address, int from) {
    int count = 0;
    while (from + count < GROUPS && group(address, from + count) == 0) {
      count++;
    }
    return count;
  }

  private static String join(byte[] address, int from, int to) {
    StringBuilder text = new StringBuilder(5 * (to - from));
    for (int i = from; i < to; i++) {
      if (i > from) {
        text.append(':');
      }
      text.append(Integer.toHexString(group(address, i)));
    }
    return text.toString();
  }

  private static int group(byte[] address, int index) {
    return (address[2 * index] & 0xff) << 8 | (address[2 * index + 1] & 0xff);
  }
}
