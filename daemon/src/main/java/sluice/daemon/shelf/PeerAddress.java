package sluice.daemon.shelf;

import java.net.InetAddress;
import java.util.Optional;
import sluice.daemon.web.Problem;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/** Reads addresses of peers as people write them. */
public final class PeerAddress {
  private PeerAddress() {}

  /** The peer at {@code text}, such as {@code 192.0.2.1:6881} or {@code [2001:db8::1]:6881}. */
  public static Endpoint of(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon)).replaceAll("^\\[|\\]$", "");
    String port = text.substring(colon + 1);
    Optional<InetAddress> address = IpLiteral.parse(host);
    if (address.isEmpty() || !port.matches("[0-9]{1,5}")) {
      throw Problem.bad("no address of a peer: " + text);
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > 65_535) {
      throw Problem.bad("no port: " + port);
    }
    return new Endpoint(address.get(), number);
  }
}
