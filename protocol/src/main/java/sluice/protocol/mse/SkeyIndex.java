package sluice.protocol.mse;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.digest.Hash;

/**
 * The info-hashes that peers may name in an MSE handshake, found by the digest that they send
 * instead: one look-up, however many there are. Not for several threads.
 */
public final class SkeyIndex {
  private final Map<Hash, Hash> byDigest = new HashMap<>();

  /** Of these the digests are made when somebody asks. */
  private final Set<Hash> undigested = new LinkedHashSet<>();

  /** An index of nothing. */
  public SkeyIndex() {}

  /** Adds an info-hash of 20 bytes. */
  public void add(Hash skey) {
    undigested.add(skey);
  }

  /** Removes what was added. */
  public void remove(Hash skey) {
    if (!undigested.remove(skey)) {
      byDigest.remove(Hash.of(MseDigests.req2(skey)));
    }
  }

  /** The info-hash of which {@code digest} is the SHA-1, with "req2" in front. */
  Optional<Hash> find(byte[] digest) {
    for (Hash skey : undigested) {
      byDigest.put(Hash.of(MseDigests.req2(skey)), skey);
    }
    undigested.clear();
    return Optional.ofNullable(byDigest.get(Hash.of(digest)));
  }
}
