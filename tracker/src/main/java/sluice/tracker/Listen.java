package sluice.tracker;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;

/**
 * Where to listen, as people write it: {@code PORT} or {@code :PORT} for all addresses of both
 * families, {@code 192.0.2.1:PORT} or {@code [2001:db8::1]:PORT} for one.
 *
 * @param addresses one or two
 */
public record Listen(List<InetSocketAddress> addresses) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_DIGITS = 5;

  public Listen {
    addresses = List.copyOf(addresses);
  }

  /** What {@code text} means; nothing if it means nothing. Port 0 is any free one. */
  public static Optional<Listen> parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    int port = port(text.substring(colon + 1));
    if (port < 0) {
      return Optional.empty();
    }
    if (host.isEmpty()) {
      return Optional.of(
          new Listen(
              List.of(
                  new InetSocketAddress(literal("0.0.0.0"), port),
                  new InetSocketAddress(literal("::"), port))));
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String inner = bracketed ? host.substring(1, host.length() - 1) : host;
    return IpLiteral.parse(inner)
        .filter(address -> address instanceof Inet6Address == bracketed)
        .map(address -> new Listen(List.of(new InetSocketAddress(address, port))));
  }

  /** How {@code address} is written. */
  public static String text(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    String host = ip.getHostAddress();
    return (ip instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static InetAddress literal(String text) {
    return IpLiteral.parse(text).orElseThrow();
  }

  private static int port(String digits) {
    boolean legal =
        !digits.isEmpty()
            && digits.length() <= MAX_PORT_DIGITS
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = legal ? Integer.parseInt(digits) : -1;
    return port <= MAX_PORT ? port : -1;
  }
}
