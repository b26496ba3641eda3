package sluice.engine.swarm;

import java.net.InetAddress;
import sluice.protocol.address.Endpoint;

/** Which addresses can be dialled, and who counts as one and the same peer. */
final class Addresses {
  private Addresses() {}

  /** Whether a peer from {@code source} may be dialled there at all. */
  static boolean canDial(Endpoint peer, Source source) {
    InetAddress address = peer.address();
    if (peer.port() == 0 || address.isMulticastAddress() || address.isAnyLocalAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    if (bytes.length == 4 && (first == 0 || first >= 240)) {
      return false;
    }
    return !(source == Source.PEX && address.isLoopbackAddress());
  }

  /**
   * Who a ban means: everybody at an address, as a liar has many ports and ids; but on loopback,
   * which many peers share, one endpoint.
   */
  static Endpoint culprit(Endpoint peer) {
    return peer.address().isLoopbackAddress() ? peer : new Endpoint(peer.address(), 0);
  }
}
