package sluice.engine.count;

import java.util.List;
import java.util.stream.LongStream;

/** How long things took, as a histogram. Belongs to the loop, or is guarded by its owner. */
public final class Times {
  /** The most seconds of each bucket; one more has no end. */
  public static final List<Double> SECONDS = List.of(0.001, 0.005, 0.02, 0.1, 0.5, 2.5, 10.0);

  private static final double NANOS = 1e9;

  private final long[] counts = new long[SECONDS.size() + 1];
  private long nanos;

  /** Nothing has been timed. */
  public Times() {}

  /**
   * A histogram at one moment.
   *
   * @param counts of each bucket of {@link #SECONDS}, and of what took longer
   * @param nanos all together
   */
  public record Told(List<Long> counts, long nanos) {
    public Told {
      counts = List.copyOf(counts);
    }
  }

  /** It took so long once more. */
  public void add(long took) {
    int bucket = 0;
    while (bucket < SECONDS.size() && took > SECONDS.get(bucket) * NANOS) {
      bucket++;
    }
    counts[bucket]++;
    nanos += took;
  }

  /** As of this call. */
  public Told told() {
    return new Told(LongStream.of(counts).boxed().toList(), nanos);
  }
}
