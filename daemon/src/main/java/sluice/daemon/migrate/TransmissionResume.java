package sluice.daemon.migrate;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.client.Brought;
import sluice.engine.pick.Priority;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.MetainfoException;
import sluice.protocol.metainfo.MetainfoParser;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/** Resume files of Transmission ({@code libtransmission/resume.c}); blocks have 16 KiB. */
final class TransmissionResume {
  private static final long KILO = 1_000;

  private TransmissionResume() {}

  static Moving read(byte[] bytes, byte[] torrent) throws ForeignException {
    Foreign all = Foreign.parse(bytes);
    Info info;
    try {
      info = MetainfoParser.parse(torrent).info();
    } catch (MetainfoException e) {
      throw new ForeignException("its torrent file: " + e.getMessage());
    }
    Foreign ratio = all.dictionary("ratio-limit");
    Foreign idle = all.dictionary("idle-limit");
    return new Moving(
        Optional.of(torrent),
        Optional.empty(),
        folder(all.text("destination")),
        "",
        "",
        all.texts("labels").stream().filter(label -> !label.isEmpty()).toList(),
        all.flag("paused"),
        limit(all.dictionary("speed-limit-down")),
        limit(all.dictionary("speed-limit-up")),
        false,
        false,
        priorities(all),
        new ShareRule(
            bound(ratio.number("ratio-mode", 0), ratio(ratio.text("ratio-limit"))),
            Bound.inherit(),
            bound(
                idle.number("idle-mode", 0),
                TimeUnit.MINUTES.toNanos(Math.min(idle.count("idle-limit"), 1 << 30))),
            Optional.empty()),
        Optional.empty(),
        new Brought(
            pieces(all.dictionary("progress"), info.layout()),
            renamed(all, info),
            all.count("uploaded"),
            all.count("downloaded"),
            all.seconds("downloading-time-seconds").plus(all.seconds("seeding-time-seconds")),
            all.seconds("seeding-time-seconds"),
            all.time("added-date"),
            all.time("done-date")));
  }

  private static Path folder(String text) throws ForeignException {
    try {
      Path folder = Path.of(text);
      if (folder.isAbsolute()) {
        return folder.normalize();
      }
    } catch (InvalidPathException e) {
      throw new ForeignException("no path: " + text);
    }
    throw new ForeignException("it does not say where the data are: '" + text + "'");
  }

  private static long limit(Foreign speed) {
    return speed.flag("use-speed-limit") ? speed.count("speed-Bps") : 0;
  }

  private static long ratio(String text) {
    try {
      double value = Double.parseDouble(text);
      return value >= 0 && value < 1e9 ? Math.round(value * KILO) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Modes are 0 for the session's, 1 for its own and 2 for none. */
  private static Bound bound(long mode, long value) {
    return mode == 1 ? Bound.at(value) : mode == 2 ? Bound.never() : Bound.inherit();
  }

  private static List<Priority> priorities(Foreign all) {
    List<Long> levels = all.numbers("priority");
    List<Long> skipped = all.numbers("dnd");
    List<Priority> priorities = new ArrayList<>();
    for (int i = 0; i < Math.max(levels.size(), skipped.size()); i++) {
      long level = i < levels.size() ? levels.get(i) : 0;
      boolean skip = i < skipped.size() && skipped.get(i) != 0;
      priorities.add(
          skip
              ? Priority.SKIP
              : level < 0 ? Priority.LOW : level > 0 ? Priority.HIGH : Priority.NORMAL);
    }
    return priorities;
  }

  /** {@code all}, {@code none}, or a bit for each block from the first on. */
  private static PieceSet pieces(Foreign progress, PieceLayout layout) {
    byte[] blocks = progress.bytes("blocks").orElse(new byte[0]);
    String word = progress.text("blocks");
    if (word.equals("all") || progress.text("have").equals("all")) {
      return PieceSet.full(layout.pieceCount());
    }
    PieceSet have = new PieceSet(layout.pieceCount());
    if (word.equals("none")) {
      return have;
    }
    for (int piece = 0; piece < layout.pieceCount(); piece++) {
      long from = (long) piece * layout.pieceLength();
      long last = (from + layout.pieceSize(piece) - 1) / PieceLayout.BLOCK;
      boolean whole = true;
      for (long block = from / PieceLayout.BLOCK; whole && block <= last; block++) {
        int at = (int) (block >> 3);
        whole = at < blocks.length && (blocks[at] >> (7 - (block & 7)) & 1) != 0;
      }
      if (whole) {
        have.set(piece);
      }
    }
    return have;
  }

  /** A renamed torrent has its name; single files have new paths in {@code files}. */
  private static Map<Integer, List<String>> renamed(Foreign all, Info info) {
    Map<Integer, List<String>> renamed = new HashMap<>();
    List<String> paths = all.texts("files");
    String name = all.text("name");
    for (int i = 0; i < info.files().size(); i++) {
      List<String> before = info.files().get(i).path();
      String text = i < paths.size() ? paths.get(i) : "";
      List<String> parts = text.isEmpty() ? new ArrayList<>(before) : parts(text);
      boolean other = !name.isEmpty() && !name.contains("/") && !name.equals(info.name());
      if (text.isEmpty() && other && !before.isEmpty()) {
        parts.set(0, name);
      }
      boolean clean = parts.stream().noneMatch(p -> p.isEmpty() || p.equals(".") || p.equals(".."));
      if (clean && !parts.equals(before)) {
        renamed.put(i, List.copyOf(parts));
      }
    }
    return renamed;
  }

  private static List<String> parts(String text) {
    return new ArrayList<>(List.of(text.split("/", -1)));
  }
}
