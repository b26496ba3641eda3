package sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the figures of a tracker say of the ratios that it is to keep. */
final class TrackerVerdict {
  private static final String SLUICE = "sluice";
  private static final String BEST = "opentracker";
  private static final String ECHO = "echo";

  private final List<Figure> figures;
  private final List<String> lines = new ArrayList<>();

  private TrackerVerdict(List<Figure> figures) {
    this.figures = figures;
  }

  /** One line for each ratio, of medians of all rounds. */
  static String of(List<Figure> figures) {
    TrackerVerdict verdict = new TrackerVerdict(figures);
    double udp = verdict.best(SLUICE);
    verdict.atLeast("UDP answers/s : opentracker's", udp / verdict.best(BEST), 1.5);
    verdict.atLeast("UDP answers/s : echo's", udp / verdict.best(ECHO), 0.8);
    String closed = "HTTP, closed";
    verdict.atLeast(
        "HTTP connections/s : opentracker's",
        verdict.rate(SLUICE, closed) / verdict.rate(BEST, closed),
        1);
    verdict.atLeast(
        "HTTP connections/s : echo's",
        verdict.rate(SLUICE, closed) / verdict.rate(ECHO, closed),
        0);
    String kept = "HTTP, kept";
    // opentracker kept 92,000/s where the echo did 114,000.
    verdict.atLeast(
        "HTTP requests/s : echo's", verdict.rate(SLUICE, kept) / verdict.rate(ECHO, kept), 0.8);
    for (String load : List.of("UDP, 128", "UDP, 512", closed)) {
      verdict.atMost(
          "p99 of " + load + " : opentracker's",
          Figure.median(figures, SLUICE, load, Figure::p99Micros)
              / Figure.median(figures, BEST, load, Figure::p99Micros),
          1);
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
    verdict.atMost("largest heap, MiB", mib(held, "jvm_heap_max_bytes"), 1_024);
    verdict.atMost("heap in use, MiB", mib(held, "jvm_heap_used_bytes"), 1_024);
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

  private double rate(String server, String load) {
    return Figure.median(figures, server, load, Figure::perSecond);
  }

  /** The better of both windows. */
  private double best(String server) {
    return Math.max(rate(server, "UDP, 128"), rate(server, "UDP, 512"));
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
