package sluice.tracker.swarm;

import java.nio.ByteBuffer;

/**
 * Looks at the memory that the next visits of a thread will need, step by step for all of them:
 * what is in no cache is then waited for once, not by each visit again. It waits for nobody, so
 * what it sees may be old, and decides nothing. One thread.
 */
public final class Outlook {
  private final long[] mixes;
  private final int[] found;
  private int count;

  /** What was seen; somebody could read it, so that nothing is left out for being of no use. */
  private long seen;

  /** For at most {@code visits} at a time. */
  public Outlook(int visits) {
    this.mixes = new long[visits];
    this.found = new int[visits];
  }

  /** Begins anew. */
  public void clear() {
    count = 0;
  }

  /** One will be for the torrent whose hash is in {@code from} at {@code offset}. */
  public void add(SwarmStore store, ByteBuffer from, int offset) {
    mixes[count++] =
        store.mix(from.getLong(offset), from.getLong(offset + 8), from.getInt(offset + 16));
  }

  /**
   * Looks. What is read in one step decides nothing in the same step: the processor would have to
   * wait for it, or begin anew what it had begun for the next ones.
   */
  public void look(SwarmStore store) {
    for (int i = 0; i < count; i++) {
      seen += store.shard(mixes[i]).glanceAtIndex((int) mixes[i]);
    }
    for (int i = 0; i < count; i++) {
      found[i] = store.shard(mixes[i]).probably((int) mixes[i]);
    }
    for (int i = 0; i < count; i++) {
      seen += store.shard(mixes[i]).glanceAtRecord(found[i]);
    }
    for (int i = 0; i < count; i++) {
      seen += store.shard(mixes[i]).glanceAtPeers(found[i]);
    }
  }

  /** A number that follows from what was seen, of no use. */
  public long seen() {
    return seen;
  }
}
