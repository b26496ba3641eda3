package sluice.daemon.metric;

/** The text format of Prometheus while it is written. One thread at a time. */
public final class MetricText {
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
