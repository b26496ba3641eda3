package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import sluice.daemon.auth.Doorman;
import sluice.daemon.creation.Creations;
import sluice.daemon.rss.Collector;
import sluice.daemon.shelf.Blocking;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.EventLog;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Request;

/**
 * What the calls work on.
 *
 * @param desk the torrents
 * @param preferences of the session
 * @param trackers what they said
 * @param log what happened
 * @param doorman opens sessions
 * @param feeds what they bring
 * @param blocking who is blocked
 * @param creations torrents that are made
 * @param unixMillis the time
 * @param end ends the daemon
 */
public record QbContext(
    Desk desk,
    Preferences preferences,
    TrackerBook trackers,
    EventLog log,
    Doorman doorman,
    Collector feeds,
    Blocking blocking,
    Creations creations,
    LongSupplier unixMillis,
    Runnable end) {

  /** The torrents that {@code hashes} names: {@code all}, or some with bars between them. */
  List<Item> items(Request request) {
    return items(request.need("hashes"));
  }

  List<Item> items(String hashes) {
    return hashes.equals("all")
        ? desk.shelf().items()
        : Stream.of(hashes.split("\\|", -1))
            .flatMap(hash -> desk.shelf().find(hash).stream())
            .distinct()
            .toList();
  }

  /** The torrent that {@code hash} names. */
  Item item(Request request) {
    return item(request.need("hash"));
  }

  Item item(String hash) {
    return desk.shelf().find(hash).orElseThrow(() -> Problem.missing("Torrent hash not found"));
  }

  /** The parts of a list, blanks around them left out. */
  static List<String> parts(String text, String between) {
    return Stream.of(text.split(between, -1)).map(String::trim).filter(p -> !p.isEmpty()).toList();
  }
}
