package sluice.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;

/** Socket addresses as endpoints, and comparisons of them. */
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

  /** The fault of {@code cause}, which names {@code endpoint}. */
  static Fault fault(Throwable cause, Endpoint endpoint) {
    Fault fault = Faults.of(cause);
    return fault.detail().contains(endpoint.address().getHostAddress())
        ? fault
        : new Fault(fault.kind(), fault.detail() + ": " + endpoint);
  }
}
