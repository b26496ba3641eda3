package sluice.protocol.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * A numeric IP address and a port, printed as {@code 192.0.2.1:6881} or {@code [2001:db8::1]:6881}.
 */
public record Endpoint(InetAddress address, int port) {

  public Endpoint {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port out of range: " + port);
    }
  }

  /** Whether the address is an IPv6 one. */
  public boolean isIpv6() {
    return address instanceof Inet6Address;
  }

  @Override
  public String toString() {
    return IpText.bracketed(address) + ":" + port;
  }
}
