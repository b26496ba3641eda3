package sluice.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import sluice.cli.Console;
import sluice.cli.remote.Fields;
import sluice.cli.text.Format;
import sluice.cli.text.Json;
import sluice.cli.text.Printable;

/** What a daemon tells, as columns for people or as an object on each line. */
final class RemoteTable {
  /** Digits of a hash that people are shown. */
  private static final int SHORT = 10;

  private final List<List<String>> rows = new ArrayList<>();

  private RemoteTable() {}

  static RemoteTable titled(String... titles) {
    return new RemoteTable().row(titles);
  }

  RemoteTable row(String... cells) {
    rows.add(List.of(cells).stream().map(Printable::clean).toList());
    return this;
  }

  /** Each column is as wide as its widest cell; the last one is not padded. */
  void print(Console console) {
    int columns = rows.getFirst().size();
    int[] widths =
        IntStream.range(0, columns)
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns - 1; i++) {
        line.append(String.format("%-" + Math.max(1, widths[i]) + "s  ", row.get(i)));
      }
      console.out().println(line.append(row.getLast()));
    }
  }

  static void json(Console console, List<Fields> objects) {
    objects.forEach(object -> console.out().println(Json.of(object.members())));
  }

  static RemoteTable torrents(List<Fields> torrents) {
    RemoteTable table =
        titled("ID", "DONE", "SIZE", "STATE", "DOWN", "UP", "LEFT", "RATIO", "PEERS", "NAME");
    for (Fields torrent : torrents) {
      table.row(
          id(torrent),
          percent(torrent.fraction("progress")),
          Format.bytes(torrent.number("size")),
          torrent.text("state"),
          rate(torrent.number("downRate")),
          rate(torrent.number("upRate")),
          torrent.number("eta") > 0 ? Format.time(torrent.number("eta")) : "-",
          String.format(Locale.ROOT, "%.2f", torrent.fraction("ratio")),
          Long.toString(torrent.number("peers")),
          torrent.text("name"));
    }
    return table;
  }

  static String id(Fields torrent) {
    String id = torrent.text("id");
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  /** Rounded down: only all of it is 100. */
  static String percent(double share) {
    return (int) Math.floor(share * 100) + "%";
  }

  static String rate(long bytesPerSecond) {
    return bytesPerSecond == 0 ? "-" : Format.rate(bytesPerSecond);
  }
}
