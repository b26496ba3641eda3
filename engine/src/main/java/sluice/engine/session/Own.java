package sluice.engine.session;

import java.nio.charset.StandardCharsets;
import java.util.List;
import sluice.engine.announce.Family;
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

  /** A peer id with the prefix of the program and a random rest (BEP 20). */
  static PeerId peerId(Ports ports, EngineConfig config) {
    byte[] id = new byte[PeerId.BYTES];
    ports.entropy().fill(id);
    byte[] prefix = config.peerIdPrefix().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(prefix, 0, id, 0, prefix.length);
    return new PeerId(id);
  }
}
