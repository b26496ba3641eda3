package sluice.market.experiment;

import java.util.List;

/** A mean over seeds with its 95 % confidence interval (Student's t). */
record Spread(double mean, double half) {
  private static final double T_30 = 2.045;

  static Spread of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, values.size() - 1));
    return new Spread(mean, T_30 * deviation / Math.sqrt(values.size()));
  }

  String text(int decimals) {
    return String.format("%." + decimals + "f ± %." + decimals + "f", mean, half);
  }
}
