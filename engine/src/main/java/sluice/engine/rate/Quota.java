package sluice.engine.rate;

/** What limits one peer's bytes of one direction. Thread: the loop of the torrent. */
public interface Quota {
  /** A quota that limits nothing. */
  Quota UNLIMITED =
      new Quota() {
        @Override
        public long available(long now) {
          return Long.MAX_VALUE;
        }

        @Override
        public void take(long bytes, long now) {
          // There is nothing to count.
        }
      };

  /** Bytes that are covered at {@code now}; never negative. */
  long available(long now);

  /** Takes {@code bytes}, covered or not. */
  void take(long bytes, long now);

  /** All of the bandwidth is free: nothing is sold. */
  int NOT_SOLD = 1_000;

  /**
   * Sold bytes come out of the part of the session's limit that is sold, while others want theirs.
   *
   * @param freePermille the part that is never sold; {@link #NOT_SOLD} for a peer that does not pay
   */
  default void sold(int freePermille) {
    // Most quotas have nothing to divide.
  }
}
