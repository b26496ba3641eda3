package sluice.daemon.qbittorrent;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.daemon.shelf.Preference;
import sluice.daemon.web.Json;
import sluice.daemon.web.Request;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.address.IpText;
import tools.jackson.databind.node.ObjectNode;

/** The preferences; those that mean nothing here have the values of a fresh qBittorrent. */
record PreferencesObject(QbContext context) {
  private static final double PERMILLE = 1_000;

  /** Rates in bytes per second, of which 0 means no limit. */
  private static final List<Limit> LIMITS =
      List.of(
          new Limit("dl_limit", Preference.DOWN_LIMIT, Preference.DOWN_LIMITED),
          new Limit("up_limit", Preference.UP_LIMIT, Preference.UP_LIMITED));

  private static final Map<String, Preference> PLAIN =
      Map.of(
          "alt_dl_limit", Preference.ALTERNATIVE_DOWN,
          "alt_up_limit", Preference.ALTERNATIVE_UP,
          "max_active_downloads", Preference.QUEUE_DOWNLOADS,
          "max_active_uploads", Preference.QUEUE_SEEDS,
          "max_active_torrents", Preference.QUEUE_ACTIVE,
          "max_connec", Preference.PEERS,
          "max_connec_per_torrent", Preference.PEERS_OF_TORRENT,
          "rss_refresh_interval", Preference.RSS_MINUTES,
          "rss_max_articles_per_feed", Preference.RSS_ARTICLES);

  private static final Map<String, Preference> FLAGS =
      Map.of(
          "auto_tmm_enabled", Preference.AUTOMATIC,
          "scheduler_enabled", Preference.ALTERNATIVE_BY_HOUR,
          "rss_processing_enabled", Preference.RSS,
          "rss_auto_downloading_enabled", Preference.RSS_DOWNLOADS,
          "rss_download_repack_proper_episodes", Preference.RSS_REPEATS,
          "max_ratio_enabled", Preference.RATIO_LIMITED,
          "max_seeding_time_enabled", Preference.SEED_MINUTES_LIMITED,
          "max_inactive_seeding_time_enabled", Preference.IDLE_MINUTES_LIMITED);

  private static final Map<String, Preference> MINUTES =
      Map.of(
          "max_seeding_time", Preference.SEED_MINUTES,
          "max_inactive_seeding_time", Preference.IDLE_MINUTES);

  private record Limit(String name, Preference limit, Preference limited) {}

  private long value(Preference preference) {
    return context.preferences().get(preference);
  }

  private boolean is(Preference preference) {
    return context.preferences().is(preference);
  }

  ObjectNode get() {
    ObjectNode all = fixed(Json.object());
    OtherPreferences.addTo(all);
    for (Limit limit : LIMITS) {
      all.put(limit.name(), is(limit.limited()) ? value(limit.limit()) : 0);
    }
    PLAIN.forEach((name, preference) -> all.put(name, value(preference)));
    FLAGS.forEach((name, preference) -> all.put(name, is(preference)));
    new HourPreferences(context.preferences()).tell(all);
    String folder = context.preferences().folder().toString();
    return all.put("save_path", folder)
        .put("temp_path", folder)
        .put("queueing_enabled", is(Preference.QUEUE_DOWNLOADS_LIMITED))
        .put(
            "max_ratio",
            is(Preference.RATIO_LIMITED) ? value(Preference.RATIO_PERMILLE) / PERMILLE : -1)
        .put("max_ratio_act", 0)
        .put(
            "max_seeding_time",
            is(Preference.SEED_MINUTES_LIMITED) ? value(Preference.SEED_MINUTES) : -1)
        .put(
            "max_inactive_seeding_time",
            is(Preference.IDLE_MINUTES_LIMITED) ? value(Preference.IDLE_MINUTES) : -1)
        .put("ip_filter_enabled", context.blocking().isOn())
        .put("ip_filter_path", context.blocking().file())
        .put(
            "banned_IPs",
            context.blocking().banned().stream().map(IpText::of).collect(Collectors.joining("\n")))
        .put("add_stopped_enabled", !is(Preference.START_ADDED))
        .put("start_paused_enabled", !is(Preference.START_ADDED))
        .put("listen_port", context.desk().client().port());
  }

  private static ObjectNode fixed(ObjectNode all) {
    all.putObject("scan_dirs");
    return all.put("locale", "en")
        .put("temp_path_enabled", false)
        .put("preallocate_all", false)
        .put("incomplete_files_ext", false)
        .put("torrent_changed_tmm_enabled", true)
        .put("save_path_changed_tmm_enabled", false)
        .put("category_changed_tmm_enabled", false)
        .put("use_subcategories", false)
        .put("torrent_content_layout", "Original")
        .put("torrent_stop_condition", "None")
        .put("add_trackers_enabled", false)
        .put("add_trackers", "")
        .put("mail_notification_enabled", false)
        .put("autorun_enabled", false)
        .put("autorun_program", "")
        .put("dont_count_slow_torrents", true)
        .put("dht", true)
        .put("pex", true)
        .put("lsd", true)
        .put("encryption", 0)
        .put("anonymous_mode", false)
        .put("proxy_type", "None")
        .put("proxy_ip", "")
        .put("proxy_port", 0)
        .put("ip_filter_trackers", false)
        .put("upnp", false)
        .put("random_port", false)
        .put("max_uploads", -1)
        .put("max_uploads_per_torrent", -1)
        .put("bittorrent_protocol", 0)
        .put("limit_utp_rate", true)
        .put("limit_tcp_overhead", false)
        .put("limit_lan_peers", true)
        .put("web_ui_port", 0)
        .put("web_ui_address", "")
        .put("web_ui_csrf_protection_enabled", true)
        .put("web_ui_clickjacking_protection_enabled", true)
        .put("web_ui_host_header_validation_enabled", true)
        .put("bypass_local_auth", false)
        .put("refresh_interval", 1_500)
        .put("export_dir", "")
        .put("delete_torrent_content_files", false);
  }

  /** Preferences that are unknown here are ignored, as in qBittorrent. */
  void set(Request request) {
    ObjectNode said = Json.readObject(request.need("json").getBytes(StandardCharsets.UTF_8));
    Map<Preference, Long> changed = new EnumMap<>(Preference.class);
    for (Limit limit : LIMITS) {
      Json.number(said, limit.name())
          .ifPresent(rate -> {
            changed.put(limit.limited(), rate > 0 ? 1L : 0L);
            if (rate > 0) {
              changed.put(limit.limit(), rate);
            }
          });
    }
    PLAIN.forEach((name, preference) ->
        Json.number(said, name).filter(n -> n >= 0).ifPresent(n -> changed.put(preference, n)));
    MINUTES.forEach((name, preference) ->
        Json.number(said, name).filter(n -> n >= 0).ifPresent(n -> changed.put(preference, n)));
    Json.fraction(said, "max_ratio")
        .filter(ratio -> ratio >= 0)
        .ifPresent(ratio -> changed.put(Preference.RATIO_PERMILLE, Math.round(ratio * PERMILLE)));
    FLAGS.forEach((name, preference) -> flag(said, name, preference, changed));
    new HourPreferences(context.preferences()).read(said, changed);
    for (Preference queue :
        List.of(
            Preference.QUEUE_DOWNLOADS_LIMITED,
            Preference.QUEUE_SEEDS_LIMITED,
            Preference.QUEUE_ACTIVE_LIMITED)) {
      flag(said, "queueing_enabled", queue, changed);
    }
    Json.flag(said, "add_stopped_enabled")
        .ifPresent(stopped -> changed.put(Preference.START_ADDED, stopped ? 0L : 1L));
    Json.text(said, "save_path").ifPresent(context.preferences()::folder);
    Json.text(said, "ip_filter_path").ifPresent(context.blocking()::file);
    Json.flag(said, "ip_filter_enabled").ifPresent(context.blocking()::turn);
    Json.text(said, "banned_IPs")
        .ifPresent(lines ->
            context
                .blocking()
                .banOnly(lines.lines().flatMap(l -> IpLiteral.parse(l).stream()).toList()));
    context.preferences().set(changed);
    if (changed.containsKey(Preference.RSS_DOWNLOADS)) {
      context.feeds().processAll();
    }
  }

  private static void flag(
      ObjectNode said, String name, Preference preference, Map<Preference, Long> changed) {
    Json.flag(said, name).ifPresent(on -> changed.put(preference, on ? 1L : 0L));
  }
}
