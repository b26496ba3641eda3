package sluice.engine.hash;

import java.util.LinkedHashMap;
import java.util.Optional;
import sluice.protocol.merkle.MerkleLayers;

/**
 * The trees of the pieces whose blocks were asked for last: several peers, or one in several
 * requests, ask for the same. Loop only.
 */
final class LeafCache {
  /** Trees that are kept; each has at most 4,096 leaves, 256 KiB. */
  static final int MAX_TREES = 8;

  private static final long KEEP_NANOS = 30_000_000_000L;

  private final LinkedHashMap<Integer, MerkleLayers> trees = new LinkedHashMap<>(8, 0.75f, true);
  private boolean used;
  private long idleSinceNanos;

  Optional<MerkleLayers> get(int piece) {
    used = true;
    return Optional.ofNullable(trees.get(piece));
  }

  void put(int piece, MerkleLayers tree) {
    used = true;
    trees.put(piece, tree);
    if (trees.size() > MAX_TREES) {
      trees.remove(trees.keySet().iterator().next());
    }
  }

  /** Lets go of everything when it was not used for a while. */
  void expire(long now) {
    if (used) {
      used = false;
      idleSinceNanos = now;
    } else if (!trees.isEmpty() && now - idleSinceNanos >= KEEP_NANOS) {
      trees.clear();
    }
  }
}
