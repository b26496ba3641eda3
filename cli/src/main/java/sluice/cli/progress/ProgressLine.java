package sluice.cli.progress;

import java.util.List;
import sluice.cli.text.Format;
import sluice.cli.text.Printable;

/** Progress as one line of text. */
final class ProgressLine {
  private static final int MIN_BAR = 10;
  private static final int MAX_BAR = 40;
  private static final int MAX_NAME = 30;

  private ProgressLine() {}

  /** One torrent, for logs. */
  static String plain(Progress p) {
    return Printable.clean(p.name()) + ": " + figures(p);
  }

  /** All torrents in at most {@code width} characters, with a bar if there is room. */
  static String live(List<Progress> torrents, int width) {
    Progress sum = sum(torrents);
    String figures = figures(sum);
    String name = shorten(Printable.clean(sum.name()), MAX_NAME);
    int room = width - figures.length() - name.length() - 5;
    if (room < MIN_BAR) {
      return shorten(figures, width);
    }
    return name + "  [" + bar(sum, Math.min(room, MAX_BAR)) + "] " + figures;
  }

  private static String figures(Progress p) {
    StringBuilder line = new StringBuilder();
    if (p.stage() == Stage.METADATA) {
      line.append("fetching metadata");
    } else if (p.seeding()) {
      line.append("seeding ").append(Format.bytes(p.total()));
    } else {
      line.append(Format.percent(p.done(), p.total())).append("% of ");
      line.append(Format.bytes(p.total())).append(", ").append(Format.rate(p.downRate()));
    }
    if (p.seeding() || p.upRate() > 0) {
      line.append(", up ").append(Format.rate(p.upRate()));
    }
    line.append(", ").append(p.peers()).append(p.peers() == 1 ? " peer" : " peers");
    if (!p.seeding() && p.downRate() > 0 && p.done() < p.total()) {
      long left = (p.total() - p.done() + p.downRate() - 1) / p.downRate();
      line.append(", ").append(Format.time(left)).append(" left");
    }
    return line.toString();
  }

  private static String bar(Progress p, int length) {
    int full =
        p.total() <= 0
            ? (p.seeding() ? length : 0)
            : (int) (length * ((double) p.done() / p.total()));
    return "#".repeat(full) + ".".repeat(length - full);
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, Math.max(0, length - 3)) + "...";
  }

  private static Progress sum(List<Progress> all) {
    if (all.size() == 1) {
      return all.getFirst();
    }
    return new Progress(
        "",
        all.size() + " torrents",
        stage(all),
        all.stream().mapToLong(Progress::done).sum(),
        all.stream().mapToLong(Progress::total).sum(),
        all.stream().mapToLong(Progress::received).sum(),
        all.stream().mapToLong(Progress::uploaded).sum(),
        all.stream().mapToLong(Progress::downRate).sum(),
        all.stream().mapToLong(Progress::upRate).sum(),
        all.stream().mapToInt(Progress::peers).sum());
  }

  /** Seeding if all are, fetching metadata if all do. */
  private static Stage stage(List<Progress> all) {
    if (all.stream().allMatch(Progress::seeding)) {
      return Stage.SEEDING;
    }
    return all.stream().allMatch(p -> p.stage() == Stage.METADATA)
        ? Stage.METADATA
        : Stage.DOWNLOADING;
  }
}
