package sluice.transport;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What sockets are bound to.
 *
 * @param device name of the network interface by which everything leaves, even while it is down;
 *     empty for that of the addresses to connect from, if there are some
 * @param nameServers whom names are asked of when sockets are bound; empty for those of the system
 * @param dscp mark on all packets (RFC 2474), 0 to 63
 */
public record Binding(Optional<String> device, List<InetAddress> nameServers, OptionalInt dscp) {
  /** To nothing. */
  public static final Binding NONE = new Binding(Optional.empty(), List.of(), OptionalInt.empty());

  public Binding {
    nameServers = List.copyOf(nameServers);
    if (dscp.orElse(0) < 0 || dscp.orElse(0) > 63) {
      throw new IllegalArgumentException("a mark is 0 to 63: " + dscp.getAsInt());
    }
  }
}
