package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.client.AddOptions;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Intents;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.web.Json;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.Magnet;
import tools.jackson.databind.node.ObjectNode;

/** A torrent as lists and {@code sync/maindata} tell it. */
record TorrentObject(Intents intents, TrackerBook trackers) {
  /** Stands for a time that nobody knows. */
  static final long FOREVER_SECONDS = 8_640_000;

  private static final double PERMILLE = 1_000;
  private static final int INHERIT = -2;
  private static final int NEVER = -1;

  ObjectNode of(Item item) {
    ObjectNode object = Json.object();
    Intents.Intent intent = intents.of(item.hash());
    identity(object, item, intent);
    amounts(object, item);
    limits(object, item);
    times(object, item);
    return object;
  }

  private static void identity(ObjectNode object, Item item, Intents.Intent intent) {
    Optional<Facts> facts = item.facts();
    String folder = item.record().folder().toString();
    String name = facts.map(Facts::name).orElse(item.record().name());
    String content = item.record().folder().resolve(name).toString();
    boolean single = facts.map(f -> f.files() == 1).orElse(false);
    object
        .put("hash", item.hash())
        .put("infohash_v1", item.torrent().v1().map(Hash::hex).orElse(""))
        .put("infohash_v2", item.torrent().v2().map(Hash::hex).orElse(""))
        .put("name", item.record().name())
        .put("state", TorrentState.of(item))
        .put("category", item.record().category())
        .put("tags", String.join(", ", item.record().tags()))
        .put("save_path", intent.finish().isEmpty() ? folder : intent.finish())
        .put("download_path", intent.finish().isEmpty() ? "" : folder)
        .put("auto_tmm", intent.automatic())
        .put("content_path", content)
        .put("root_path", single ? "" : content)
        .put("tracker", facts.map(Facts::tracker).orElse(""))
        .put("trackers_count", facts.map(f -> f.trackers().size()).orElse(0))
        .put("comment", facts.map(Facts::comment).orElse(""))
        .put("private", facts.map(Facts::isPrivate).orElse(false))
        .put("has_metadata", item.hasMetadata())
        .put("magnet_uri", magnet(item));
  }

  static String magnet(Item item) {
    List<String> trackers =
        item.facts()
            .map(f -> f.trackers().stream().flatMap(List::stream).toList())
            .orElse(List.of());
    Optional<String> name = Optional.of(item.record().name());
    return new Magnet(item.torrent(), name, trackers, List.of(), List.of(), List.of()).toUri();
  }

  private void amounts(ObjectNode object, Item item) {
    var now = item.now();
    long eta = item.etaSeconds();
    object
        .put("size", item.wantedBytes())
        .put("total_size", item.totalBytes())
        .put("amount_left", item.missingBytes())
        .put("completed", item.hasMetadata() ? now.haveBytes() : 0)
        .put("progress", item.progress())
        .put("downloaded", now.downloaded())
        .put("downloaded_session", now.downloaded())
        .put("uploaded", now.uploaded())
        .put("uploaded_session", now.uploaded())
        .put("dlspeed", now.downRate())
        .put("upspeed", now.upRate())
        .put("eta", eta == Item.UNKNOWN_SECONDS ? FOREVER_SECONDS : eta)
        .put("ratio", item.ratio())
        .put("popularity", 0)
        .put("availability", now.seeds() > 0 ? now.seeds() : item.isComplete() ? -1 : 0)
        .put("num_seeds", now.seeds())
        .put("num_leechs", now.peers() - now.seeds())
        .put("num_complete", trackers.seeds(item.torrent()).orElse(now.seeds()))
        .put("num_incomplete", trackers.leeches(item.torrent()).orElse(now.peers() - now.seeds()));
  }

  private static void limits(ObjectNode object, Item item) {
    AddOptions options = item.record().options();
    ShareRule share = options.terms().share();
    object
        .put("dl_limit", options.downBytesPerSecond())
        .put("up_limit", options.upBytesPerSecond())
        .put("ratio_limit", ratio(share.ratioPermille()))
        .put("max_ratio", ratio(share.ratioPermille()))
        .put("seeding_time_limit", minutes(share.seedingNanos()))
        .put("max_seeding_time", minutes(share.seedingNanos()))
        .put("inactive_seeding_time_limit", minutes(share.idleNanos()))
        .put("max_inactive_seeding_time", minutes(share.idleNanos()))
        .put("priority", item.number())
        .put("force_start", item.now().place().forced())
        .put("seq_dl", options.picking().sequential())
        .put("f_l_piece_prio", options.picking().ends())
        .put("super_seeding", options.picking().superSeeding());
  }

  static double ratio(Bound bound) {
    return switch (bound) {
      case Bound.Inherit inherit -> INHERIT;
      case Bound.Never never -> NEVER;
      case Bound.At(long permille) -> permille / PERMILLE;
    };
  }

  static long minutes(Bound bound) {
    return switch (bound) {
      case Bound.Inherit inherit -> INHERIT;
      case Bound.Never never -> NEVER;
      case Bound.At(long nanos) -> TimeUnit.NANOSECONDS.toMinutes(nanos);
    };
  }

  private static void times(ObjectNode object, Item item) {
    long completed = item.completedMillis() / 1_000;
    object
        .put("added_on", item.record().added().getEpochSecond())
        .put("completion_on", completed == 0 ? -1 : completed)
        .put("seen_complete", completed == 0 ? -1 : completed)
        .put(
            "last_activity",
            item.activeMillis() == 0
                ? item.record().added().getEpochSecond()
                : item.activeMillis() / 1_000)
        .put("seeding_time", TimeUnit.NANOSECONDS.toSeconds(item.now().seedingNanos()))
        .put("time_active", item.record().active().toSeconds())
        .put("reannounce", 0);
  }
}
