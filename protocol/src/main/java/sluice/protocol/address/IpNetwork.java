package sluice.protocol.address;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A network of IP addresses in CIDR form (RFC 4632), or one address.
 *
 * @param base any address in it
 * @param bits of {@code base} that all its addresses share
 */
public record IpNetwork(InetAddress base, int bits) {
  public IpNetwork {
    if (bits < 0 || bits > 8 * base.getAddress().length) {
      throw new IllegalArgumentException("no network: " + bits + " bits of an address");
    }
  }

  /** The network that {@code text} spells, such as {@code 192.0.2.0/24} or {@code 2001:db8::7}. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String bits = slash < 0 ? "" : text.substring(slash + 1);
    if (slash >= 0
        && (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(IpNetwork::isDigit))) {
      return Optional.empty();
    }
    return IpLiteral.parse(address)
        .flatMap(base -> {
          int most = 8 * base.getAddress().length;
          int shared = slash < 0 ? most : Integer.parseInt(bits);
          return shared > most ? Optional.empty() : Optional.of(new IpNetwork(base, shared));
        });
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether {@code address} is in it; one of the other family never is. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length && 8 * i < bits; i++) {
      int mask = 0xff00 >> Math.min(8, bits - 8 * i) & 0xff;
      if (((ours[i] ^ theirs[i]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return IpText.of(base) + "/" + bits;
  }
}
