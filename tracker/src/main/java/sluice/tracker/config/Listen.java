package sluice.tracker.config;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
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
    return new Endpoint(address.getAddress(), address.getPort()).toString();
  }

  /** Opens one address and gives it with its port. */
  @FunctionalInterface
  public interface Opener {
    /** Opens it. */
    InetSocketAddress open(InetSocketAddress address) throws IOException;
  }

  /**
   * Opens addresses for streams. A stream's socket on all IPv6 addresses takes IPv4, too, so that
   * where all addresses of both families are wanted only that one is opened; on a machine without
   * IPv6 the other one.
   */
  public static List<InetSocketAddress> openStreams(List<InetSocketAddress> wanted, Opener opener)
      throws IOException {
    List<InetSocketAddress> opened = new ArrayList<>();
    for (InetSocketAddress address : wanted) {
      boolean any4 =
          address.getAddress().isAnyLocalAddress()
              && !(address.getAddress() instanceof Inet6Address);
      InetSocketAddress any6 = new InetSocketAddress(literal("::"), address.getPort());
      if (any4 && wanted.contains(any6)) {
        opened.add(either(any6, address, opener));
      } else if (opened.stream().noneMatch(o -> covers(o, address))) {
        opened.add(opener.open(address));
      }
    }
    return opened;
  }

  private static boolean covers(InetSocketAddress opened, InetSocketAddress address) {
    return opened.getAddress().isAnyLocalAddress()
        && address.getAddress().isAnyLocalAddress()
        && (opened.getPort() == address.getPort() || address.getPort() == 0);
  }

  private static InetSocketAddress either(
      InetSocketAddress first, InetSocketAddress second, Opener opener) throws IOException {
    try {
      return opener.open(first);
    } catch (IOException e) {
      try {
        return opener.open(second);
      } catch (IOException other) {
        other.addSuppressed(e);
        throw other;
      }
    }
  }

  /** All addresses of both families get the same free port when any free one is wanted. */
  public static InetSocketAddress withPortOf(
      List<InetSocketAddress> opened, InetSocketAddress wanted) {
    if (wanted.getPort() == 0 && wanted.getAddress().isAnyLocalAddress()) {
      for (InetSocketAddress other : opened) {
        if (other.getAddress().isAnyLocalAddress()) {
          return new InetSocketAddress(wanted.getAddress(), other.getPort());
        }
      }
    }
    return wanted;
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
