package sluice.engine.session;

/**
 * Where a torrent stands in the queue.
 *
 * @param order sorts torrents, the smallest goes first
 * @param forced runs whenever it is wanted, whatever the limits
 */
public record QueuePlace(long order, boolean forced) {
  /** Between neighbours there is so much room for others, at first. */
  public static final long STEP = 1 << 20;

  QueuePlace order(long changed) {
    return new QueuePlace(changed, forced);
  }

  QueuePlace forced(boolean changed) {
    return new QueuePlace(order, changed);
  }
}
