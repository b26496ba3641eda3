package sluice.tracker.swarm;

import java.nio.ByteBuffer;

/**
 * All swarms of a tracker, in shards by info-hash. Any thread, each with its own {@link Visit}; two
 * threads wait for each other only when they want the same shard at the same moment.
 */
public final class SwarmStore {
  private static final int SHARD_BITS = 5;
  private static final int SHARDS = 1 << SHARD_BITS;

  /** Peers that a call of {@link #sweep} looks at in any case. */
  private static final int LEAST_WORK = 16_384;

  private final long seed;
  private final Shard[] shards = new Shard[SHARDS];
  private int hand;

  /**
   * An empty store.
   *
   * @param seed secret and random, so that nobody can choose hashes that meet in one slot
   */
  public SwarmStore(long seed, StoreLimits limits) {
    this.seed = seed;
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(seed, limits.share(SHARDS));
    }
  }

  /**
   * Answers an announce and then keeps what it says. Peers go to {@code out} at its position, first
   * those of IPv4; it has room for all that are wanted and {@link Visit#SLACK_BYTES} more.
   *
   * @param seconds a clock that never goes back
   * @param random random bits
   */
  public void announce(Visit visit, int seconds, long random, ByteBuffer out) {
    long mix = Shard.mix(visit, seed);
    Shard shard = shard(mix);
    synchronized (shard) {
      shard.announce(visit, (int) mix, seconds, random, out);
    }
  }

  /** By which a torrent's shard and its place there are found. */
  long mix(long hash0, long hash1, int hash2) {
    return Shard.mix(hash0, hash1, hash2, seed);
  }

  /** Where torrents with this mix are. */
  Shard shard(long mix) {
    return shards[(int) (mix >>> (Long.SIZE - SHARD_BITS))];
  }

  /** Counts the peers of a swarm; gives whether there is such a swarm. */
  public boolean scrape(Visit visit) {
    long mix = Shard.mix(visit, seed);
    Shard shard = shard(mix);
    synchronized (shard) {
      return shard.scrape(visit, (int) mix);
    }
  }

  /**
   * Forgets who has not announced for more than {@code ttlSeconds} (at most half a day), in a part
   * of one shard: {@code turns} calls go over all. One thread.
   */
  public void sweep(int seconds, int ttlSeconds, int turns) {
    int parts = Math.max(1, turns / SHARDS);
    hand = (hand + 1) % (SHARDS * parts);
    Shard shard = shards[hand % SHARDS];
    synchronized (shard) {
      int work = LEAST_WORK + 2 * ((shard.ipv4Peers() + shard.ipv6Peers()) / parts);
      shard.sweep(seconds, ttlSeconds, shard.turn() / parts + 1, work);
    }
  }

  /** What it holds; taken shard by shard. */
  public StoreCounts counts() {
    long swarms = 0;
    long ipv4 = 0;
    long ipv6 = 0;
    long seeds = 0;
    long bytes = 0;
    for (Shard shard : shards) {
      synchronized (shard) {
        swarms += shard.swarms();
        ipv4 += shard.ipv4Peers();
        ipv6 += shard.ipv6Peers();
        seeds += shard.seeds();
        bytes += shard.bytes();
      }
    }
    return new StoreCounts(swarms, ipv4, ipv6, seeds, bytes);
  }
}
