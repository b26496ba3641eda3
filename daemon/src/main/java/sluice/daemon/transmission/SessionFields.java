package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Preferences;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Json;
import sluice.engine.session.TorrentSnapshot.Phase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The session: what it is, its settings, its counters. */
final class SessionFields {
  static final String VERSION = "4.0.6 (Sluice)";
  static final int RPC_VERSION = 17;
  private static final long KILO = 1_000;
  private static final double PERMILLE = 1_000;

  /** Names of the RPC with ours; whether they are in thousands. */
  private static final List<Field> FIELDS =
      List.of(
          new Field("speed-limit-down", Preference.DOWN_LIMIT, KILO),
          new Field("speed-limit-down-enabled", Preference.DOWN_LIMITED, 1),
          new Field("speed-limit-up", Preference.UP_LIMIT, KILO),
          new Field("speed-limit-up-enabled", Preference.UP_LIMITED, 1),
          new Field("alt-speed-down", Preference.ALTERNATIVE_DOWN, KILO),
          new Field("alt-speed-up", Preference.ALTERNATIVE_UP, KILO),
          new Field("alt-speed-enabled", Preference.ALTERNATIVE, 1),
          new Field("alt-speed-time-enabled", Preference.ALTERNATIVE_BY_HOUR, 1),
          new Field("alt-speed-time-begin", Preference.ALTERNATIVE_FROM, 1),
          new Field("alt-speed-time-end", Preference.ALTERNATIVE_TO, 1),
          new Field("alt-speed-time-day", Preference.ALTERNATIVE_DAYS, 1),
          new Field("download-queue-size", Preference.QUEUE_DOWNLOADS, 1),
          new Field("download-queue-enabled", Preference.QUEUE_DOWNLOADS_LIMITED, 1),
          new Field("seed-queue-size", Preference.QUEUE_SEEDS, 1),
          new Field("seed-queue-enabled", Preference.QUEUE_SEEDS_LIMITED, 1),
          new Field("seedRatioLimited", Preference.RATIO_LIMITED, 1),
          new Field("idle-seeding-limit", Preference.IDLE_MINUTES, 1),
          new Field("idle-seeding-limit-enabled", Preference.IDLE_MINUTES_LIMITED, 1),
          new Field("peer-limit-global", Preference.PEERS, 1),
          new Field("peer-limit-per-torrent", Preference.PEERS_OF_TORRENT, 1),
          new Field("start-added-torrents", Preference.START_ADDED, 1));

  private final RpcContext context;
  private final String sessionId;

  private record Field(String name, Preference preference, long unit) {}

  SessionFields(RpcContext context, String sessionId) {
    this.context = context;
    this.sessionId = sessionId;
  }

  ObjectNode get(JsonNode arguments) {
    ObjectNode all = all();
    List<String> wanted = new ArrayList<>();
    arguments.path("fields").forEach(field -> wanted.add(field.asString()));
    if (!wanted.isEmpty()) {
      all.retain(wanted);
    }
    return all;
  }

  private ObjectNode all() {
    Preferences preferences = context.preferences();
    ObjectNode all = Json.object();
    for (Field field : FIELDS) {
      long value = preferences.get(field.preference());
      if (field.preference().isFlag()) {
        all.put(field.name(), value != 0);
      } else {
        all.put(field.name(), value / field.unit());
      }
    }
    String folder = preferences.folder().toString();
    return fixed(all)
        .put("download-dir", folder)
        .put("download-dir-free-space", Space.of(preferences.folder()).freeBytes())
        .put("incomplete-dir", folder)
        .put("seedRatioLimit", preferences.get(Preference.RATIO_PERMILLE) / PERMILLE)
        .put("blocklist-enabled", context.blocking().isOn())
        .put("blocklist-size", context.blocking().size())
        .put("blocklist-url", context.blocking().url())
        .put("peer-port", context.desk().client().port())
        .put("session-id", sessionId);
  }

  /** What does not change. */
  private static ObjectNode fixed(ObjectNode all) {
    all.put("version", VERSION)
        .put("rpc-version", RPC_VERSION)
        .put("rpc-version-minimum", 14)
        .put("rpc-version-semver", "5.3.0")
        .put("config-dir", "")
        .put("incomplete-dir-enabled", false)
        .put("rename-partial-files", false)
        .put("trash-original-torrent-files", false)
        .put("port-forwarding-enabled", false)
        .put("peer-port-random-on-start", false)
        .put("dht-enabled", true)
        .put("pex-enabled", true)
        .put("lpd-enabled", true)
        .put("utp-enabled", true)
        .put("encryption", "preferred")
        .put("cache-size-mb", 0)
        .put("queue-stalled-enabled", true)
        .put("queue-stalled-minutes", 1)
        .put("script-torrent-added-enabled", false)
        .put("script-torrent-added-filename", "")
        .put("script-torrent-done-enabled", false)
        .put("script-torrent-done-filename", "")
        .put("script-torrent-done-seeding-enabled", false)
        .put("script-torrent-done-seeding-filename", "")
        .put("default-trackers", "")
        .put("anti-brute-force-enabled", true);
    ObjectNode units = all.putObject("units");
    units.putArray("speed-units").add("kB/s").add("MB/s").add("GB/s").add("TB/s");
    units.put("speed-bytes", KILO);
    units.putArray("size-units").add("kB").add("MB").add("GB").add("TB");
    units.put("size-bytes", KILO);
    units.putArray("memory-units").add("KiB").add("MiB").add("GiB").add("TiB");
    units.put("memory-bytes", 1_024);
    return all;
  }

  /** Settings that are unknown here are ignored, as Transmission does. */
  ObjectNode set(JsonNode arguments) {
    Map<Preference, Long> changed = new EnumMap<>(Preference.class);
    for (Field field : FIELDS) {
      if (field.preference().isFlag()) {
        Json.flag(arguments, field.name())
            .ifPresent(on -> changed.put(field.preference(), on ? 1L : 0L));
      } else {
        Json.number(arguments, field.name())
            .ifPresent(value -> changed.put(field.preference(), value * field.unit()));
      }
    }
    Json.fraction(arguments, "seedRatioLimit")
        .ifPresent(ratio -> changed.put(Preference.RATIO_PERMILLE, Math.round(ratio * KILO)));
    Json.text(arguments, "blocklist-url").ifPresent(context.blocking()::url);
    Json.flag(arguments, "blocklist-enabled").ifPresent(context.blocking()::turn);
    Json.text(arguments, "download-dir").ifPresent(context.preferences()::folder);
    context.preferences().set(changed);
    return Json.object();
  }

  ObjectNode stats() {
    Sums all = context.desk().shelf().sums();
    int stopped = all.in(Phase.STOPPED);
    ObjectNode result =
        Json.object()
            .put("activeTorrentCount", all.torrents() - stopped)
            .put("pausedTorrentCount", stopped)
            .put("torrentCount", all.torrents())
            .put("downloadSpeed", all.downRate())
            .put("uploadSpeed", all.upRate());
    counters(result.putObject("current-stats"), all);
    counters(result.putObject("cumulative-stats"), all);
    return result;
  }

  private void counters(ObjectNode stats, Sums all) {
    stats
        .put("downloadedBytes", all.downloaded())
        .put("uploadedBytes", all.uploaded())
        .put("filesAdded", all.torrents())
        .put("sessionCount", 1)
        .put("secondsActive", (context.unixMillis().getAsLong() - context.startedMillis()) / 1_000);
  }
}
