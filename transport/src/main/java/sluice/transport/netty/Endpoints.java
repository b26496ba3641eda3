package sluice.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;

/** Socket addresses as endpoints, and the rules of which address connects to which. */
public final class Endpoints {
  private Endpoints() {}

  /** The endpoint of a resolved socket address. */
  static Endpoint of(SocketAddress address) {
    InetSocketAddress inet = (InetSocketAddress) address;
    return new Endpoint(inet.getAddress(), inet.getPort());
  }

  /** Whether both are IPv4 or both are IPv6. */
  public static boolean sameFamily(InetAddress one, InetAddress other) {
    return one.getAddress().length == other.getAddress().length;
  }

  /** The address of {@code sources} to reach {@code remote} from. */
  public static Optional<InetAddress> source(List<InetAddress> sources, InetAddress remote) {
    return sources.stream().filter(source -> sameFamily(source, remote)).findFirst();
  }

  /** What is told when there are sources, but none to reach {@code remote} from. */
  public static Fault noSource(InetAddress remote) {
    return new Fault(
        Fault.Kind.UNREACHABLE,
        "no local address is set to reach " + remote.getHostAddress() + " from");
  }

  /** The fault of {@code cause}, which names {@code endpoint}. */
  static Fault fault(Throwable cause, Endpoint endpoint) {
    Fault fault = Faults.of(cause);
    return fault.detail().contains(endpoint.address().getHostAddress())
        ? fault
        : new Fault(fault.kind(), fault.detail() + ": " + endpoint);
  }
}
