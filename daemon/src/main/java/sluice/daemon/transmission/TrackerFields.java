package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.List;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.TrackerEdits;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;

/** Trackers in {@code torrent-set}; their numbers are their places in the list of all. */
final class TrackerFields {
  private TrackerFields() {}

  static void set(Desk desk, Item item, JsonNode arguments) {
    if (arguments.has("trackerList")) {
      List<List<String>> all = TrackerEdits.ofLines(Json.text(arguments, "trackerList").orElse(""));
      desk.trackers(item, tiers -> all);
    }
    if (arguments.has("trackerAdd")) {
      List<String> more = TorrentAdd.texts(arguments, "trackerAdd");
      desk.trackers(item, tiers -> TrackerEdits.add(tiers, more));
    }
    if (arguments.has("trackerRemove")) {
      desk.trackers(item, tiers -> TrackerEdits.remove(tiers, named(tiers, arguments)));
    }
    if (arguments.has("trackerReplace")) {
      JsonNode pair = arguments.path("trackerReplace");
      desk.trackers(
          item,
          tiers ->
              TrackerEdits.replace(tiers, url(tiers, pair.path(0)), pair.path(1).asString("")));
    }
  }

  private static List<String> named(List<List<String>> tiers, JsonNode arguments) {
    List<String> urls = new ArrayList<>();
    for (JsonNode number : arguments.path("trackerRemove")) {
      urls.add(url(tiers, number));
    }
    return urls;
  }

  private static String url(List<List<String>> tiers, JsonNode number) {
    List<String> all = tiers.stream().flatMap(List::stream).toList();
    int index = number.isNumber() ? (int) number.doubleValue() : -1;
    if (index < 0 || index >= all.size()) {
      throw Problem.bad("the torrent has no such tracker");
    }
    return all.get(index);
  }
}
