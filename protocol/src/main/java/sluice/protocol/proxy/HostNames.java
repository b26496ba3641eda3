package sluice.protocol.proxy;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import sluice.protocol.address.IpLiteral;

/** What can be told of a host's name without asking anybody. */
public final class HostNames {
  private HostNames() {}

  /** The address of a literal, with or without brackets, and of this machine. */
  public static Optional<InetAddress> address(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (lower.equals("localhost") || lower.endsWith(".localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return IpLiteral.parse(brackets ? host.substring(1, host.length() - 1) : host);
  }

  /**
   * Whether others may be asked for {@code host}. Names that end with a number are none: some
   * systems take {@code 127.1} for an address.
   */
  public static boolean isName(String host) {
    return SocksCodec.isName(host)
        && !host.substring(host.lastIndexOf('.') + 1).matches("[0-9]+|0[xX][0-9a-fA-F]*|");
  }
}
