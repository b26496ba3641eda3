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
}
