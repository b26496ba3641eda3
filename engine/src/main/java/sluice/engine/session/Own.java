package sluice.engine.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import sluice.engine.announce.Family;
import sluice.engine.dht.Dht;
import sluice.engine.peer.Extensions;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PeerId;

/** How a session is known to others. */
final class Own {
  private Own() {}

  /** The address families in which peers can reach us. */
  static List<Family> families(List<Endpoint> listen) {
    return listen.stream()
        .map(local -> local.isIpv6() ? Family.IPV6 : Family.IPV4)
        .distinct()
        .toList();
  }

  /** What we speak with peers by extensions (BEP 10). */
  static Extensions extensions(Ports ports, EngineConfig config, Dht dht) {
    boolean meets = config.transports().utp();
    return new Extensions(config.userAgent(), dht::learn, ports.extensions(), meets);
  }

  /** A peer id with the prefix of the program and a random rest (BEP 20). */
  static PeerId peerId(Ports ports, EngineConfig config) {
    byte[] id = new byte[PeerId.BYTES];
    ports.entropy().fill(id);
    byte[] prefix = config.peerIdPrefix().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, id, 0, prefix.length);
    return new PeerId(id);
  }
}
