package sluice.tracker.swarm;

/** What a peer is in its swarm. A list of peers keeps each role together, in this order. */
public enum Role {
  /** Has everything. */
  SEED,
  /** Has all that it wants, but not everything (BEP 21). */
  PARTIAL_SEED,
  /** Wants more. */
  DOWNLOADER
}
