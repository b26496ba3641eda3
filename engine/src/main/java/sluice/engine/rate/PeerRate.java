package sluice.engine.rate;

/**
 * The limits of one peer, in bytes per second; 0 for none.
 *
 * @param down received of it
 * @param up sent to it
 */
public record PeerRate(long down, long up) {
  /** No limit. */
  public static final PeerRate UNLIMITED = new PeerRate(0, 0);

  public PeerRate {
    if (down < 0 || up < 0) {
      throw new IllegalArgumentException("negative limit");
    }
  }

  long of(Direction direction) {
    return direction == Direction.DOWN ? down : up;
  }
}
