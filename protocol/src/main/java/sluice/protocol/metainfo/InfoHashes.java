package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * What a torrent is called on the network: the SHA-1 of its raw {@code info} (v1), its SHA-256
 * (v2), or both (hybrid, BEP 52). At least one is there.
 */
public record InfoHashes(Optional<Hash> v1, Optional<Hash> v2) {

  public InfoHashes {
    if (v1.isEmpty() && v2.isEmpty()) {
      throw new IllegalArgumentException("a torrent has at least one info-hash");
    }
  }

  /** The 20-byte hashes for handshakes and announces: v1 first, then the truncated v2. */
  public List<Hash> wire() {
    List<Hash> all = new ArrayList<>(2);
    v1.ifPresent(all::add);
    v2.ifPresent(h -> all.add(h.truncated()));
    return List.copyOf(all);
  }

  // Written out, as every table of torrents looks them up: those of a record are linked anew at
  // each
  // place until they are compiled, which takes ten times as long for ten thousand torrents.
  @Override
  public boolean equals(Object other) {
    return other instanceof InfoHashes that && v1.equals(that.v1) && v2.equals(that.v2);
  }

  @Override
  public int hashCode() {
    return 31 * v1.hashCode() + v2.hashCode();
  }

  /** The hash that names the torrent in tables and logs: v1 if there is one, else v2. */
  public Hash best() {
    return v1.or(() -> v2).orElseThrow();
  }
}
