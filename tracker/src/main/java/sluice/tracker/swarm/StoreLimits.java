package sluice.tracker.swarm;

/**
 * What a store holds at most. Who comes when it is full is answered and not kept.
 *
 * @param swarms torrents
 * @param peers peers of all torrents
 * @param peersOfSwarm peers of one torrent and one family
 */
public record StoreLimits(int swarms, int peers, int peersOfSwarm) {
  /** For a machine with a few gigabytes. */
  public static final StoreLimits DEFAULT = new StoreLimits(20_000_000, 100_000_000, 5_000_000);

  public StoreLimits {
    if (swarms < 1 || peers < 1 || peersOfSwarm < 1) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }

  /** The part of one of {@code shards} shards, with room for some more than its share. */
  StoreLimits share(int shards) {
    return shards == 1
        ? this
        : new StoreLimits(
            swarms / shards + swarms / (8 * shards) + 1,
            peers / shards + peers / (8 * shards) + 1,
            peersOfSwarm);
  }
}
