package sluice.tracker.page;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import sluice.tracker.service.TrackerCore;
import sluice.tracker.swarm.StoreCounts;

/** The page for people: a few figures and two graphs, without scripts and without foreign text. */
final class StatusPage {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 120;

  private StatusPage() {}

  static String of(TrackerCore core, History history) {
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
        </dl>
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
        graph(points, History.Point::announcesPerSecond),
        graph(points, History.Point::peers));
  }

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
        "<svg viewBox=\"0 -10 %d %d\" width=\"%d\" role=\"img\" aria-label=\"up to %,.0f\">"
            + "<polyline points=\"%s\" fill=\"none\" stroke=\"currentColor\"/>"
            + "<text x=\"0\" y=\"0\" font-size=\"10\">%,.0f</text></svg>",
        WIDTH,
        HEIGHT + 20,
        WIDTH,
        most,
        line.toString().strip(),
        most);
  }
}
