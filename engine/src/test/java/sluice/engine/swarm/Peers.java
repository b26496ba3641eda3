package sluice.engine.swarm;

import java.net.InetAddress;
import java.net.UnknownHostException;
import sluice.protocol.address.Endpoint;

/** Makes endpoints from literals. */
final class Peers {
  private Peers() {}

  static Endpoint at(String literal, int port) {
    try {
      return new Endpoint(InetAddress.getByName(literal), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(literal, e);
    }
  }
}
