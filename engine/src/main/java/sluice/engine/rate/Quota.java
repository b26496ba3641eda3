package sluice.engine.rate;

/**
 * The limits that one peer's bytes of one direction pass, outermost first: session, torrent, peer.
 * The buckets are shared with other quotas. Thread: the loop of the torrent.
 */
public final class Quota {
  private final TokenBucket[] chain;

  /** A quota under all of {@code chain}; empty is unlimited. */
  public Quota(TokenBucket... chain) {
    this.chain = chain.clone();
  }

  /** Bytes that every limit covers at {@code now}. */
  public long available(long now) {
    long least = Long.MAX_VALUE;
    for (TokenBucket bucket : chain) {
      least = Math.min(least, bucket.available(now));
    }
    return least;
  }

  /** Takes {@code bytes} from every limit, covered or not. */
  public void take(long bytes, long now) {
    for (TokenBucket bucket : chain) {
      bucket.take(bytes, now);
    }
  }

  /** Nanoseconds until a byte is available under every limit if nobody else takes any. */
  public long nanosUntilAvailable(long now) {
    return nanosUntilAvailable(1, now);
  }

  /** The same for {@code bytes}, or a full burst where that is less. */
  public long nanosUntilAvailable(long bytes, long now) {
    long most = 0;
    for (TokenBucket bucket : chain) {
      most = Math.max(most, bucket.nanosUntilAvailable(bytes, now));
    }
    return most;
  }
}
