package sluice.engine.port;

import java.net.InetAddress;

/** Which addresses may be connected with for somebody who named them, from few to all. */
public enum Reach {
  /** Those of the public network. */
  PUBLIC,
  /** Those and private ones, such as of a home network. */
  NETWORK,
  /** Those and this machine. Link-local ones are left out: services of clouds are at some. */
  MACHINE,
  /** All. */
  ANY;

  private static final int IPV4_BYTES = 4;

  /** Whether {@code address} may be connected with. */
  public boolean allows(InetAddress address) {
    return switch (this) {
      case PUBLIC -> isPublic(address);
      case NETWORK -> isPublic(address) || isPrivate(address);
      case MACHINE -> isPublic(address) || isPrivate(address) || address.isLoopbackAddress();
      case ANY -> true;
    };
  }

  /** What both allow. */
  public Reach and(Reach other) {
    return compareTo(other) <= 0 ? this : other;
  }

  /** Whether the address is one of the public network. */
  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    // 0.0.0.0/8 means this machine, 240.0.0.0/4 nobody.
    boolean odd = bytes.length == IPV4_BYTES && (first == 0 || first >= 240);
    return !(odd
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || isPrivate(address));
  }

  private static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    // 100.64.0.0/10 is between a provider and its customers.
    return bytes.length == IPV4_BYTES
        ? address.isSiteLocalAddress() || (first == 100 && (bytes[1] & 0xc0) == 64)
        : (first & 0xfe) == 0xfc || address.isSiteLocalAddress();
  }
}
