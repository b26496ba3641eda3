package sluice.daemon.qbittorrent;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import sluice.client.AddOptions;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Intents;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.web.Members;
import sluice.daemon.web.Problem;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.digest.Hash;
import sluice.protocol.magnet.Magnet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** A torrent as lists and {@code sync/maindata} tell it. */
final class TorrentObject {
  /** Stands for a time that nobody knows. */
  static final long FOREVER_SECONDS = 8_640_000;

  private static final double PERMILLE = 1_000;
  private static final int INHERIT = -2;
  private static final int NEVER = -1;

  private final Intents intents;
  private final TrackerBook trackers;
  private final Members<Item> nameless = new Members<>();
  private final Members<Item> members = new Members<>();

  TorrentObject(Intents intents, TrackerBook trackers) {
    this.intents = intents;
    this.trackers = trackers;
    members.text("hash", Item::hash);
    for (Members<Item> each : List.of(nameless, members)) {
      identity(each);
      amounts(each);
      limits(each);
      times(each);
    }
  }

  ObjectNode of(Item item) {
    return members.object(item);
  }

  void write(JsonGenerator json, Item item) {
    members.write(json, item);
  }

  /** Writes it without its hash, which is its name where it is a member itself. */
  void writeNameless(JsonGenerator json, Item item) {
    nameless.write(json, item);
  }

  /** Orders torrents by a member. */
  Comparator<Item> by(String member) {
    if (!members.has(member) && !member.equals("hash")) {
      throw Problem.bad("Field " + member + " is not a member of torrents");
    }
    return members.by(member);
  }

  private void identity(Members<Item> all) {
    all.text("infohash_v1", item -> item.torrent().v1().map(Hash::hex).orElse(""))
        .text("infohash_v2", item -> item.torrent().v2().map(Hash::hex).orElse(""))
        .text("name", item -> item.record().name())
        .text("state", TorrentState::of)
        .text("category", item -> item.record().category())
        .text("tags", item -> String.join(", ", item.record().tags()))
        .text("save_path", this::savePath)
        .text("download_path", item -> finish(item).isEmpty() ? "" : folder(item))
        .flag("auto_tmm", item -> intents.of(item.hash()).automatic())
        .text("content_path", TorrentObject::content)
        .text("root_path", item -> isSingle(item) ? "" : content(item))
        .text("tracker", fact(Facts::tracker, ""))
        .number("trackers_count", item -> item.facts().map(f -> f.trackers().size()).orElse(0))
        .text("comment", fact(Facts::comment, ""))
        .flag("private", item -> item.facts().map(Facts::isPrivate).orElse(false))
        .flag("has_metadata", Item::hasMetadata)
        .text("magnet_uri", TorrentObject::magnet);
  }

  private static Function<Item, String> fact(Function<Facts, String> fact, String unknown) {
    return item -> item.facts().map(fact).orElse(unknown);
  }

  private static String folder(Item item) {
    return item.record().folder().toString();
  }

  private String finish(Item item) {
    return intents.of(item.hash()).finish();
  }

  private String savePath(Item item) {
    String finish = finish(item);
    return finish.isEmpty() ? folder(item) : finish;
  }

  private static String content(Item item) {
    String name = item.facts().map(Facts::name).orElse(item.record().name());
    return item.record().folder().resolve(name).toString();
  }

  private static boolean isSingle(Item item) {
    return item.facts().map(facts -> facts.files() == 1).orElse(false);
  }

  static String magnet(Item item) {
    List<String> trackers =
        item.facts()
            .map(f -> f.trackers().stream().flatMap(List::stream).toList())
            .orElse(List.of());
    Optional<String> name = Optional.of(item.record().name());
    return new Magnet(item.torrent(), name, trackers, List.of(), List.of(), List.of()).toUri();
  }

  private void amounts(Members<Item> all) {
    all.number("size", Item::wantedBytes)
        .number("total_size", Item::totalBytes)
        .number("amount_left", Item::missingBytes)
        .number("completed", item -> item.hasMetadata() ? item.now().haveBytes() : 0)
        .fraction("progress", Item::progress)
        .number("downloaded", now(TorrentSnapshot::downloaded))
        .number("downloaded_session", now(TorrentSnapshot::downloaded))
        .number("uploaded", now(TorrentSnapshot::uploaded))
        .number("uploaded_session", now(TorrentSnapshot::uploaded))
        .number("dlspeed", now(TorrentSnapshot::downRate))
        .number("upspeed", now(TorrentSnapshot::upRate))
        .number("eta", TorrentObject::eta)
        .fraction("ratio", Item::ratio)
        .number("popularity", item -> 0)
        .number("availability", TorrentObject::availability)
        .number("num_seeds", now(TorrentSnapshot::seeds))
        .number("num_leechs", now(TorrentObject::leeches))
        .number("num_complete", item -> trackers.seeds(item.torrent()).orElse(item.now().seeds()))
        .number(
            "num_incomplete", item -> trackers.leeches(item.torrent()).orElse(leeches(item.now())));
  }

  private static ToLongFunction<Item> now(ToLongFunction<TorrentSnapshot> figure) {
    return item -> figure.applyAsLong(item.now());
  }

  private static int leeches(TorrentSnapshot now) {
    return now.peers() - now.seeds();
  }

  private static long eta(Item item) {
    long eta = item.etaSeconds();
    return eta == Item.UNKNOWN_SECONDS ? FOREVER_SECONDS : eta;
  }

  private static long availability(Item item) {
    int seeds = item.now().seeds();
    return seeds > 0 ? seeds : item.isComplete() ? -1 : 0;
  }

  private static void limits(Members<Item> all) {
    all.number("dl_limit", option(AddOptions::downBytesPerSecond))
        .number("up_limit", option(AddOptions::upBytesPerSecond))
        .fraction("ratio_limit", TorrentObject::ratioLimit)
        .fraction("max_ratio", TorrentObject::ratioLimit)
        .number("seeding_time_limit", limit(ShareRule::seedingNanos))
        .number("max_seeding_time", limit(ShareRule::seedingNanos))
        .number("inactive_seeding_time_limit", limit(ShareRule::idleNanos))
        .number("max_inactive_seeding_time", limit(ShareRule::idleNanos))
        .number("priority", Item::number)
        .flag("force_start", item -> item.now().place().forced())
        .flag("seq_dl", item -> item.record().options().picking().sequential())
        .flag("f_l_piece_prio", item -> item.record().options().picking().ends())
        .flag("super_seeding", item -> item.record().options().picking().superSeeding());
  }

  private static ToLongFunction<Item> option(ToLongFunction<AddOptions> option) {
    return item -> option.applyAsLong(item.record().options());
  }

  private static double ratioLimit(Item item) {
    return ratio(item.record().options().terms().share().ratioPermille());
  }

  private static ToLongFunction<Item> limit(Function<ShareRule, Bound> bound) {
    return item -> minutes(bound.apply(item.record().options().terms().share()));
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

  private static void times(Members<Item> all) {
    all.number("added_on", item -> item.record().added().getEpochSecond())
        .number("completion_on", TorrentObject::completed)
        .number("seen_complete", TorrentObject::completed)
        .number("last_activity", TorrentObject::active)
        .number("seeding_time", item -> TimeUnit.NANOSECONDS.toSeconds(item.now().seedingNanos()))
        .number("time_active", item -> item.record().active().toSeconds())
        .number("reannounce", item -> 0);
  }

  private static long completed(Item item) {
    long completed = item.completedMillis() / 1_000;
    return completed == 0 ? -1 : completed;
  }

  private static long active(Item item) {
    return item.activeMillis() == 0
        ? item.record().added().getEpochSecond()
        : item.activeMillis() / 1_000;
  }
}
