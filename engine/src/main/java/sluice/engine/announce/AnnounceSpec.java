package sluice.engine.announce;

import java.util.List;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.PeerId;

/**
 * What is announced where.
 *
 * @param infoHashes 20 bytes each; a hybrid torrent has two, which are announced both
 * @param peerId who announces
 * @param port TCP port on which peers are accepted
 * @param tiers addresses of trackers (BEP 12)
 */
public record AnnounceSpec(
    List<Hash> infoHashes, PeerId peerId, int port, List<List<String>> tiers) {

  public AnnounceSpec {
    infoHashes = List.copyOf(infoHashes);
    tiers = tiers.stream().map(List::copyOf).toList();
  }
}
