package sluice.daemon.metric;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How long something took, as a histogram. Any thread. */
public final class Durations {
  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {0.001, 0.005, 0.02, 0.1, 0.5, 2.5};

  private final LongAdder[] buckets =
      IntStream.rangeClosed(0, SECONDS.length)
          .mapToObj(i -> new LongAdder())
          .toArray(LongAdder[]::new);
  private final LongAdder nanos = new LongAdder();

  /** It took so long once more. */
  public void add(long took) {
    int bucket = 0;
    while (bucket < SECONDS.length && took > SECONDS[bucket] * NANOS) {
      bucket++;
    }
    buckets[bucket].increment();
    nanos.add(took);
  }

  /** Writes it as {@code name}; {@code labels} are as in {@link MetricText#sample}. */
  public void write(MetricText text, String name, String labels) {
    String before = labels.isEmpty() ? "" : labels + ",";
    long count = 0;
    for (int i = 0; i < buckets.length; i++) {
      count += buckets[i].sum();
      String most = i < SECONDS.length ? Double.toString(SECONDS[i]) : "+Inf";
      text.sample(name + "_bucket", before + "le=\"" + most + "\"", count);
    }
    text.sample(name + "_sum", labels, nanos.sum() / NANOS);
    text.sample(name + "_count", labels, count);
  }
}
