package sluice.tracker.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import sluice.tracker.service.ClusterState;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreCounts;

/** The page for people: a few figures and two graphs, without scripts and without foreign text. */
final class StatusPage {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 120;

  /** Right of a graph, for its labels. */
  private static final int MARGIN = 90;

  private StatusPage() {}

  static String of(TrackerCore core, History history, Optional<ClusterState> cluster) {
    StoreCounts counts = core.store().counts();
    List<History.Point> points = history.points();
    double rate = points.isEmpty() ? 0 : points.getLast().announcesPerSecond();
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="refresh" content="5">
        <title>Tracker</title>
        <h1>Tracker</h1>
        <dl>
        <dt>Torrents</dt><dd>%,d</dd>
        <dt>Peers</dt><dd>%,d (%,d of them seeds; %,d by IPv6)</dd>
        <dt>Announces per second</dt><dd>%,.1f</dd>
        <dt>Interval</dt><dd>%d s</dd>
        %s</dl>
        <h2>Announces per second</h2>
        %s
        <h2>Peers</h2>
        %s
        """,
        counts.swarms(),
        counts.peers(),
        counts.seeds(),
        counts.ipv6Peers(),
        rate,
        core.pace().seconds(),
        cluster.map(StatusPage::line).orElse(""),
        graph(points, History.Point::announcesPerSecond),
        graph(points, History.Point::peers));
  }

  private static String line(ClusterState state) {
    return state.connected()
        ? String.format(
            Locale.ROOT, "<dt>Other trackers</dt><dd>%d ms behind</dd>%n", state.behindMillis())
        : "<dt>Other trackers</dt><dd>not reached: this one goes on alone</dd>\n";
  }

  /** A line over the time from the first to the last point, between 0 and the largest value. */
  private static String graph(List<History.Point> points, ToDoubleFunction<History.Point> value) {
    double most = Math.max(1, points.stream().mapToDouble(value).max().orElse(1));
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      double y = HEIGHT - value.applyAsDouble(points.get(i)) * HEIGHT / most;
      line.append(
          String.format(Locale.ROOT, "%d,%.1f ", WIDTH * i / Math.max(1, points.size() - 1), y));
    }
    return String.format(
        Locale.ROOT,
        """
        <svg viewBox="0 -16 %1$d %2$d" width="%1$d" role="img" aria-label="up to %3$,.0f" font-size="11">
        <path d="M0 0H%4$d M0 %5$dH%4$d" stroke="silver"/>
        <polyline points="%6$s" fill="none" stroke="currentColor" stroke-width="1.5"/>
        <text x="%7$d" y="4">%3$,.0f</text><text x="%7$d" y="%8$d">0</text>
        <text y="%9$d">%10$s ago</text><text x="%4$d" y="%9$d" text-anchor="end">now</text>
        </svg>\
        """,
        WIDTH + MARGIN,
        HEIGHT + 36,
        most,
        WIDTH,
        HEIGHT,
        line.toString().strip(),
        WIDTH + 4,
        HEIGHT + 4,
        HEIGHT + 16,
        ago(points.size() - 1));
  }

  private static String ago(int steps) {
    int seconds = Math.max(0, steps) * History.STEP_SECONDS;
    return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
  }
}
