package sluice.market.experiment;

import java.util.List;
import java.util.Locale;

/** Bars with whiskers, in groups, as SVG. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 320;
  private static final int LEFT = 60;
  private static final int BOTTOM = 50;
  private static final int TOP = 50;
  private static final List<String> COLOURS = List.of("#1b6ca8", "#d1752b", "#6c9a3b", "#8a5aa8");

  private Plot() {}

  /** A group of bars under one name. */
  record Group(String name, List<Spread> bars) {}

  static String bars(String title, String unit, List<String> series, List<Group> groups) {
    double top = 0;
    double low = 0;
    for (Group group : groups) {
      for (Spread s : group.bars()) {
        top = Math.max(top, s.mean() + s.half());
        low = Math.min(low, s.mean() - s.half());
      }
    }
    double scale = (HEIGHT - TOP - BOTTOM) / Math.max(1e-9, top - low);
    double zero = HEIGHT - BOTTOM + low * scale;
    StringBuilder out = new StringBuilder();
    line(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\">",
        WIDTH,
        HEIGHT);
    line(out, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    line(out, "<text x=\"%d\" y=\"18\" font-size=\"14\">%s</text>", LEFT, title);
    line(out, "<text x=\"4\" y=\"%d\">%s</text>", TOP - 6, unit);
    for (int i = 0; i <= 4; i++) {
      double value = low + (top - low) * i / 4;
      double y = zero - value * scale;
      line(out, "<path d=\"M%d %.1fH%d\" stroke=\"#dddddd\"/>", LEFT, y, WIDTH - 10);
      line(
          out, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f</text>", LEFT - 6, y + 4, value);
    }
    double step = (WIDTH - LEFT - 10.0) / groups.size();
    double bar = step * 0.8 / series.size();
    for (int g = 0; g < groups.size(); g++) {
      double x = LEFT + g * step + step * 0.1;
      group(out, groups.get(g), x, bar, zero, scale);
      line(
          out,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          x + step * 0.4,
          HEIGHT - BOTTOM + 18,
          groups.get(g).name());
    }
    for (int i = 0; i < series.size(); i++) {
      int x = LEFT + i * 150;
      line(
          out,
          "<rect x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" fill=\"%s\"/>",
          x,
          HEIGHT - 18,
          COLOURS.get(i));
      line(out, "<text x=\"%d\" y=\"%d\">%s</text>", x + 14, HEIGHT - 9, series.get(i));
    }
    line(out, "</svg>");
    return out.toString();
  }

  private static void group(
      StringBuilder out, Group group, double x, double bar, double zero, double scale) {
    for (int i = 0; i < group.bars().size(); i++) {
      Spread s = group.bars().get(i);
      double left = x + i * bar;
      double height = Math.abs(s.mean()) * scale;
      line(
          out,
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
          left,
          s.mean() >= 0 ? zero - height : zero,
          bar * 0.9,
          height,
          COLOURS.get(i));
      line(
          out,
          "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#000000\"/>",
          left + bar * 0.45,
          zero - (s.mean() + s.half()) * scale,
          zero - (s.mean() - s.half()) * scale);
    }
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
