package sluice.engine.rate;

/**
 * What a class of traffic may use in one direction. Of a session limit that is short, each class
 * gets its minimum first; what is left is divided by weight among those that want more.
 *
 * @param weight from 1 to {@link #MAX_WEIGHT}
 * @param ceiling most bytes per second; 0 for none
 * @param minimum bytes per second that others do not take while they are wanted here
 */
public record ClassLimits(int weight, long ceiling, long minimum) {
  /** The largest weight. */
  public static final int MAX_WEIGHT = 1_000_000;

  /** Weight 1, neither ceiling nor minimum. */
  public static final ClassLimits PLAIN = weighing(1);

  public ClassLimits {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException("weight is from 1 to " + MAX_WEIGHT + ": " + weight);
    }
    if (ceiling < 0 || minimum < 0 || (ceiling > 0 && minimum > ceiling)) {
      throw new IllegalArgumentException(
          "a rate is negative, or minimum " + minimum + " is above ceiling " + ceiling);
    }
  }

  /** {@code weight}, without ceiling and minimum. */
  public static ClassLimits weighing(int weight) {
    return new ClassLimits(weight, 0, 0);
  }
}
