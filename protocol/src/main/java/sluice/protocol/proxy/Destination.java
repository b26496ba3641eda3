package sluice.protocol.proxy;

import sluice.protocol.address.Endpoint;
import sluice.protocol.address.HostPort;

/** Where a connection or a datagram is to go: to an address, or to a name that others resolve. */
public sealed interface Destination {
  /** The port. */
  int port();

  /** An address. */
  record Numeric(Endpoint endpoint) implements Destination {
    @Override
    public int port() {
      return endpoint.port();
    }

    @Override
    public String toString() {
      return endpoint.toString();
    }
  }

  /** A name. */
  record Named(HostPort host) implements Destination {
    @Override
    public int port() {
      return host.port();
    }

    @Override
    public String toString() {
      return host.toString();
    }
  }
}
