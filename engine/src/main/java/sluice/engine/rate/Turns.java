package sluice.engine.rate;

/**
 * In what order those who share tokens take them, whoever asks first: who was turned away and has
 * taken least is next, and nobody takes more than an equal part beyond that one. Who wants less
 * than its part is not waited for, and saves up nothing. Time goes in rounds, in each of which the
 * tokens that there are suffice for one part for each of those who waited (start-time fair queuing,
 * Goyal et al. 1996). Thread: its owner's loop.
 */
final class Turns {
  /** Most bytes that one who comes back after a pause is held to have had before others. */
  private static final long MAX_LEAD_BYTES = TokenBucket.MIN_BURST_BYTES;

  /** Keeps sums in 64 bits. */
  private static final long MAX_BYTES = 1L << 40;

  /** One of those who share. */
  static final class Place {
    /** Bytes on the scale of {@link #floor}. */
    private long served;

    private long enteredRound = -1;
    private long waitedRound = -2;
  }

  private long round;

  /** What who waited and has least had when the round began. */
  private long floor;

  /** Who has had so much waits for the next round. */
  private long bound = Long.MAX_VALUE;

  private long least = Long.MAX_VALUE;
  private int waiting;

  /** Bytes that {@code place} may take before others have had theirs. */
  long room(Place place) {
    enter(place);
    return bound - place.served;
  }

  /** {@code place} has taken {@code bytes}. */
  void take(Place place, long bytes) {
    enter(place);
    place.served += Math.min(bytes, MAX_BYTES);
  }

  /** {@code place} wanted something and got nothing. */
  void turnAway(Place place) {
    enter(place);
    if (place.waitedRound < round) {
      place.waitedRound = round;
      waiting++;
    }
    least = Math.min(least, place.served);
  }

  /** Begins a round with {@code tokens}. */
  void next(long tokens) {
    if (waiting == 0) {
      bound = Long.MAX_VALUE;
    } else {
      floor = least;
      bound = least + Math.max(1, tokens / waiting);
    }
    least = Long.MAX_VALUE;
    waiting = 0;
    round++;
  }

  private void enter(Place place) {
    if (place.enteredRound < round && place.waitedRound < round - 1) {
      place.served = Math.clamp(place.served, floor, floor + MAX_LEAD_BYTES);
    }
    place.enteredRound = round;
  }
}
