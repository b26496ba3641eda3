package sluice.transport.system;

import java.net.InetAddress;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.transport.TransportConfig;

/** Where the sockets are bound by which name servers are asked. */
record QuestionSource(Optional<InetAddress> from) {
  /** The first address of {@code config}, or any. */
  static QuestionSource of(TransportConfig config) {
    return new QuestionSource(config.sources().stream().findFirst());
  }

  /** The end, with a port of its own, of a socket that asks {@code server}. */
  Endpoint to(InetAddress server) {
    int family = server.getAddress().length;
    InetAddress any = InetAddress.ofLiteral(family == 4 ? "0.0.0.0" : "::");
    return new Endpoint(from.filter(f -> f.getAddress().length == family).orElse(any), 0);
  }
}
