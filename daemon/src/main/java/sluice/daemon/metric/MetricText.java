package sluice.daemon.metric;

import sluice.engine.count.Times;

/** The text format of Prometheus while it is written. One thread at a time. */
public final class MetricText {
  private static final double NANOS = 1e9;

  private final StringBuilder text = new StringBuilder();

  /** A text without a line. */
  public MetricText() {}

  /** What the samples that follow are: {@code type} is counter, gauge or histogram. */
  public MetricText head(String name, String type, String help) {
    text.append("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
    return this;
  }

  /** A sample; {@code labels} are as {@code direction="up"}, or empty. */
  public MetricText sample(String name, String labels, long value) {
    return line(name, labels, Long.toString(value));
  }

  /** The same with a fraction. */
  public MetricText sample(String name, String labels, double value) {
    return line(name, labels, Double.toString(value));
  }

  /** A histogram. */
  public MetricText histogram(String name, String labels, Times.Told times) {
    String before = labels.isEmpty() ? "" : labels + ",";
    long count = 0;
    for (int i = 0; i < times.counts().size(); i++) {
      count += times.counts().get(i);
      String most = i < Times.SECONDS.size() ? Double.toString(Times.SECONDS.get(i)) : "+Inf";
      sample(name + "_bucket", before + label("le", most), count);
    }
    return sample(name + "_sum", labels, times.nanos() / NANOS)
        .sample(name + "_count", labels, count);
  }

  /** A label whose value may be anything. */
  public static String label(String name, String value) {
    String safe = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + safe + "\"";
  }

  private MetricText line(String name, String labels, String value) {
    text.append(name + (labels.isEmpty() ? "" : "{" + labels + "}") + " " + value + "\n");
    return this;
  }

  /** A gauge of one sample. */
  public MetricText gauge(String name, String help, long value) {
    return head(name, "gauge", help).sample(name, "", value);
  }

  /** A counter of one sample. */
  public MetricText counter(String name, String help, long value) {
    return head(name, "counter", help).sample(name, "", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
