package sluice.market.trade;

/**
 * What one neighbour has to sell in a torrent.
 *
 * @param bytes of all data
 * @param unitBytes of what is verified at once: a piece, or a block (BEP 52)
 * @param group the neighbour's network
 * @param remains what was paid in the torrent before, and not verified
 */
record Goods(long bytes, long unitBytes, long group, Remains remains) {
  /** Whether something may be bought of a neighbour that grants such a window. */
  boolean mayBuy(long windowBytes, long now) {
    return remains.mayBuy(group, unitBytes, windowBytes, now);
  }

  /** What may be paid and not verified. */
  long allowedBytes(long now) {
    return Math.max(0, unitBytes - remains.bytes(group, now));
  }

  void begin() {
    remains.begin(group);
  }

  void end(Proof proof, long unpaidBytes, long now) {
    remains.end(group, proof, unpaidBytes, unitBytes, now);
  }
}
