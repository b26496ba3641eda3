package sluice.protocol.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses from text and from raw bytes. Nothing here asks for a name. */
public final class IpLiteral {
  /** Longest text that can be an address. */
  public static final int MAX_CHARS = 45;

  private IpLiteral() {}

  /** The address that {@code text} spells: four decimal numbers, or IPv6 without a zone. */
  public static Optional<InetAddress> parse(String text) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    return text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
  }

  /** The address in 4 or 16 bytes; any other number gives nothing. */
  public static Optional<InetAddress> ofBytes(byte[] bytes) {
    if (bytes.length != 4 && bytes.length != 16) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Optional<InetAddress> ipv4(String text) {
    byte[] address = new byte[4];
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    for (int i = 0; i < 4; i++) {
      int value = decimal(parts[i]);
      if (value < 0) {
        return Optional.empty();
      }
      address[i] = (byte) value;
    }
    return ofBytes(address);
  }

  private static int decimal(String digits) {
    if (digits.isEmpty() || digits.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = 10 * value + (c - '0');
    }
    return value <= 255 ? value : -1;
  }

  private static Optional<InetAddress> ipv6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean fine = c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0);
      if (!fine) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Inet6Address.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
