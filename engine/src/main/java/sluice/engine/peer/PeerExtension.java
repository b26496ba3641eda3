package sluice.engine.peer;

import java.util.Optional;
import sluice.protocol.metainfo.Info;

/**
 * A protocol of another module between us and peers: it has a name in the extension handshake (BEP
 * 10), a dictionary of its own there, and messages of its own. A peer that does not know the name
 * never hears of it. Loop only.
 */
public interface PeerExtension {
  /** Its name in handshakes. */
  String name();

  /** A torrent begins; empty if the extension is not spoken in it. */
  Optional<PeerTalk> join(Info torrent);
}
