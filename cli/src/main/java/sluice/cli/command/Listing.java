package sluice.cli.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import sluice.cli.Console;
import sluice.cli.text.Format;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;
import sluice.protocol.digest.Hash;
import sluice.state.record.Content;
import sluice.state.record.TorrentRow;

/** Torrents of a state, written as they come, many lines at once. */
final class Listing {
  private static final int CHUNK_CHARS = 1 << 16;

  private final Console console;
  private final Function<TorrentRow, String> line;
  private final StringBuilder waiting = new StringBuilder();

  private Listing(Console console, Function<TorrentRow, String> line) {
    this.console = console;
    this.line = line;
  }

  /** A table with a row of titles. */
  static Listing text(Console console) {
    Listing listing = new Listing(console, Listing::text);
    listing.add(columns("DONE", "SIZE", "WANTED", "RATIO", "NAME  (FOLDER)"));
    return listing;
  }

  /** One object on each line. */
  static Listing json(Console console) {
    return new Listing(console, row -> Json.of(values(row)));
  }

  void add(TorrentRow row) {
    add(line.apply(row));
  }

  private void add(String text) {
    waiting.append(text).append(System.lineSeparator());
    if (waiting.length() >= CHUNK_CHARS) {
      end();
    }
  }

  /** Writes what waits. */
  void end() {
    console.out().print(waiting);
    console.out().flush();
    waiting.setLength(0);
  }

  private static String text(TorrentRow row) {
    Content content = row.torrent().content();
    return columns(
        content.isKnown()
            ? Format.percent(row.progress().doneBytes(), content.sizeBytes()) + "%"
            : "-",
        content.isKnown() ? Format.bytes(content.sizeBytes()) : "-",
        row.torrent().wanted().name().toLowerCase(Locale.ROOT),
        content.sizeBytes() > 0 ? String.format(Locale.ROOT, "%.2f", ratio(row)) : "-",
        Printable.clean(row.torrent().name() + "  (" + row.torrent().savePath() + ")"));
  }

  private static String columns(
      String done, String size, String wanted, String ratio, String name) {
    return String.format("%5s %10s  %-7s %6s  %s", done, size, wanted, ratio, name);
  }

  private static Map<String, Object> values(TorrentRow row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("id", row.id());
    values.put("name", row.torrent().name());
    row.torrent().hashes().v1().map(Hash::hex).ifPresent(h -> values.put("info_hash_v1", h));
    row.torrent().hashes().v2().map(Hash::hex).ifPresent(h -> values.put("info_hash_v2", h));
    Content content = row.torrent().content();
    if (content.isKnown()) {
      values.put("size", content.sizeBytes());
      values.put("done", row.progress().doneBytes());
      values.put("pieces", content.pieces());
      values.put("have", row.progress().donePieces());
    }
    values.put("wanted", row.torrent().wanted().name().toLowerCase(Locale.ROOT));
    values.put("downloaded", row.counters().downloadedBytes());
    values.put("uploaded", row.counters().uploadedBytes());
    if (content.sizeBytes() > 0) {
      values.put("ratio", ratio(row));
    }
    values.put("folder", row.torrent().savePath());
    return values;
  }

  /** How many times the size has been sent. */
  private static double ratio(TorrentRow row) {
    return (double) row.counters().uploadedBytes() / row.torrent().content().sizeBytes();
  }
}
