package sluice.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** What the figures of a tracker say of the ratios that it is to keep. */
final class TrackerVerdict {
  private static final String SLUICE = "sluice";
  private static final String BEST = "opentracker";
  private static final String ECHO = "echo";
  private static final String SMALL = "UDP, 128";
  private static final String LARGE = "UDP, 512";

  private final List<Figure> figures;
  private final List<String> lines = new ArrayList<>();

  private TrackerVerdict(List<Figure> figures) {
    this.figures = figures;
  }

  /** One line for each ratio: the median of those of all rounds. */
  static String of(List<Figure> figures) {
    TrackerVerdict verdict = new TrackerVerdict(figures);
    String closed = "HTTP, closed";
    verdict.rate("UDP answers/s", BEST, 1.5, SMALL, LARGE);
    verdict.rate("UDP answers/s", ECHO, 0.8, SMALL, LARGE);
    verdict.rate("HTTP connections/s", BEST, 1, closed);
    verdict.rate("HTTP connections/s", ECHO, 0, closed);
    // opentracker kept 92,000/s where the echo did 114,000.
    verdict.rate("HTTP requests/s", ECHO, 0.8, "HTTP, kept");
    for (String load : List.of(SMALL, LARGE, closed)) {
      verdict.atMost(
          "p99 of " + load + " : opentracker's", verdict.ratio(BEST, Figure::p99Micros, load), 1);
    }
    List<Figure> ours = figures.stream().filter(f -> f.is(SLUICE, "")).toList();
    verdict.atMost(
        "longest pause, ms", ours.stream().mapToDouble(Figure::pauseMillis).max().orElse(0), 20);
    verdict.atMost(
        "longest gap between answers while filling, ms : opentracker's",
        worst(figures, SLUICE) / worst(figures, BEST),
        Double.MAX_VALUE);
    verdict.atMost(
        "memory under UDP, MiB", Figure.median(figures, SLUICE, "UDP", Figure::peakMib), 150);
    verdict.atMost("wrong answers", (double) ours.stream().mapToLong(Figure::wrong).sum(), 0);
    return String.join("\n", verdict.lines);
  }

  /**
   * What our tracker alone has to keep when it knows many peers.
   *
   * @param held what it tells of itself
   */
  static String ofLarge(List<Figure> figures, int peers, String held) {
    TrackerVerdict verdict = new TrackerVerdict(figures);
    verdict.atLeast(
        "peers held : peers announced",
        (double) TrackerTalk.figure(held, "sluice_tracker_peers{family=\"ipv4\"}") / peers,
        1);
    verdict.atMost("largest heap, MiB", mib(held, "jvm_memory_max_bytes{area=\"heap\"}"), 1_024);
    verdict.atMost("heap in use, MiB", mib(held, "jvm_memory_used_bytes{area=\"heap\"}"), 1_024);
    verdict.atMost(
        "memory of the swarms, bytes a peer",
        (double) TrackerTalk.figure(held, "sluice_tracker_store_bytes") / peers,
        40);
    verdict.atMost(
        "longest pause, ms", figures.stream().mapToDouble(Figure::pauseMillis).max().orElse(0), 20);
    verdict.atMost(
        "memory, MiB", figures.stream().mapToDouble(Figure::peakMib).max().orElse(0), 1_024);
    verdict.atMost("wrong answers", (double) figures.stream().mapToLong(Figure::wrong).sum(), 0);
    return String.join("\n", verdict.lines);
  }

  private static double mib(String held, String name) {
    return TrackerTalk.figure(held, name) / (double) (1 << 20);
  }

  private static double worst(List<Figure> figures, String server) {
    return figures.stream()
        .filter(f -> f.is(server, "UDP, filling"))
        .mapToDouble(Figure::gapMillis)
        .max()
        .orElse(Double.NaN);
  }

  private void rate(String what, String server, double wanted, String... loads) {
    atLeast(what + " : " + server + "'s", ratio(server, Figure::perSecond, loads), wanted);
  }

  /** Ours to those of {@code server} in the same round: machines have good and bad minutes. */
  private double ratio(String server, ToDoubleFunction<Figure> what, String... loads) {
    long rounds = Math.min(rounds(SLUICE, loads[0]), rounds(server, loads[0]));
    double[] ratios =
        LongStream.range(0, rounds)
            .mapToDouble(
                round -> most(SLUICE, round, what, loads) / most(server, round, what, loads))
            .sorted()
            .toArray();
    return Figure.middle(ratios);
  }

  private long rounds(String server, String load) {
    return figures.stream().filter(f -> f.is(server, load)).count();
  }

  /** The largest figure of a round among those of several loads. */
  private double most(String server, long round, ToDoubleFunction<Figure> what, String... loads) {
    return Arrays.stream(loads)
        .mapToDouble(load ->
            figures.stream()
                .filter(f -> f.is(server, load))
                .skip(round)
                .findFirst()
                .map(what::applyAsDouble)
                .orElse(Double.NaN))
        .max()
        .orElse(Double.NaN);
  }

  private void atLeast(String what, double is, double wanted) {
    say(what, is, wanted > 0 ? "at least " + wanted : "for comparison", is >= wanted);
  }

  private void atMost(String what, double is, double wanted) {
    say(what, is, wanted < Double.MAX_VALUE ? "at most " + wanted : "for comparison", is <= wanted);
  }

  private void say(String what, double is, String bound, boolean kept) {
    lines.add(
        String.format(Locale.ROOT, "* %s: %.2f (%s)%s", what, is, bound, kept ? "" : " MISSED"));
  }
}
