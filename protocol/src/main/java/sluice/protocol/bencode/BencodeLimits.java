package sluice.protocol.bencode;

/**
 * What a reader takes before it refuses.
 *
 * @param bytes most bytes of input
 * @param depth most nested lists and dictionaries
 * @param tokens most values, keys included
 */
public record BencodeLimits(int bytes, int depth, int tokens) {
  /** For torrent files: 10 MB, depth 100, 3,000,000 values. */
  public static final BencodeLimits FILE = new BencodeLimits(10_000_000, 100, 3_000_000);

  /** For messages of peers, trackers and DHT nodes: 4 MiB, depth 100, 200,000 values. */
  public static final BencodeLimits WIRE = new BencodeLimits(4 << 20, 100, 200_000);

  public BencodeLimits {
    if (bytes < 0 || depth < 1 || tokens < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }
}
