package sluice.bench;

import java.util.List;
import java.util.Locale;

/**
 * What one server did under one load.
 *
 * @param server which program
 * @param load what it was asked
 * @param perSecond answers each second
 * @param wrong answers that were not right
 * @param lost requests without an answer
 * @param p50Micros half of the answers came within this
 * @param p99Micros 99 % of them did
 * @param cpuMicros the server's processor time for an answer
 * @param loadPercent how busy the load's processor was with it
 * @param peakMib the most memory of the server that was resident
 * @param gapMillis the longest time between an answer and the next
 * @param pauseMillis the longest time that the server's JVM stood still
 * @param machineLoad the load of the machine; 2 is what the two programs make
 */
record Figure(
    String server,
    String load,
    double perSecond,
    long wrong,
    long lost,
    double p50Micros,
    double p99Micros,
    double cpuMicros,
    double loadPercent,
    long peakMib,
    double gapMillis,
    double pauseMillis,
    double machineLoad) {
  static final String HEAD =
      "| server | load | answers/s | wrong | lost | p50, µs | p99, µs | server's CPU, µs each |"
          + " load's CPU, % | peak, MiB | longest gap, ms | longest pause, ms | machine's load |\n"
          + "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|";

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %d | %d | %.0f | %.0f | %.2f | %.0f | %d | %.1f | %.1f | %.1f |",
        server,
        load,
        perSecond,
        wrong,
        lost,
        p50Micros,
        p99Micros,
        cpuMicros,
        loadPercent,
        peakMib,
        gapMillis,
        pauseMillis,
        machineLoad);
  }

  boolean is(String server, String load) {
    return this.server.equals(server) && this.load.startsWith(load);
  }

  /** The median of what {@code figures} have, of those of one server and one kind of load. */
  static double median(
      List<Figure> figures,
      String server,
      String load,
      java.util.function.ToDoubleFunction<Figure> what) {
    double[] all =
        figures.stream().filter(f -> f.is(server, load)).mapToDouble(what).sorted().toArray();
    return middle(all);
  }

  /** The median of numbers in ascending order. */
  static double middle(double[] all) {
    return all.length == 0 ? Double.NaN : (all[all.length / 2] + all[(all.length - 1) / 2]) / 2;
  }
}
