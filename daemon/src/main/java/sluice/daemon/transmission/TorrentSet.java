package sluice.daemon.transmission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.engine.pick.FileSelection;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.Rank;
import sluice.engine.session.QueueMove;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes torrents. */
record TorrentSet(Desk desk, Selection selection) {
  private static final long KILO = 1_000;
  private static final int MAX_PEERS = 10_000;
  private static final int LIMITED = 1;
  private static final int UNLIMITED = 2;

  ObjectNode call(JsonNode arguments) {
    for (Item item : selection.of(arguments)) {
      limits(item, arguments);
      share(item, arguments);
      files(item, arguments);
      TrackerFields.set(desk, item, arguments);
      others(item, arguments);
    }
    return Json.object();
  }

  private void limits(Item item, JsonNode arguments) {
    if (List.of("downloadLimit", "downloadLimited", "uploadLimit", "uploadLimited").stream()
        .anyMatch(arguments::has)) {
      long down = limit(arguments, "download", item.record().options().downBytesPerSecond());
      long up = limit(arguments, "upload", item.record().options().upBytesPerSecond());
      desk.change(item, handle -> handle.limits(down, up));
    }
  }

  private static long limit(JsonNode arguments, String direction, long before) {
    Optional<Boolean> limited = Json.flag(arguments, direction + "Limited");
    long limit =
        Json.number(arguments, direction + "Limit").map(kilos -> kilos * KILO).orElse(before);
    boolean on = limited.orElse(before > 0);
    return on ? Math.max(0, limit) : 0;
  }

  private void share(Item item, JsonNode arguments) {
    if (List.of("seedRatioLimit", "seedRatioMode", "seedIdleLimit", "seedIdleMode").stream()
        .anyMatch(arguments::has)) {
      ShareRule before = item.record().options().terms().share();
      Bound ratio =
          bound(
              Json.number(arguments, "seedRatioMode"),
              Json.fraction(arguments, "seedRatioLimit").map(r -> Math.round(r * KILO)),
              before.ratioPermille());
      Bound idle =
          bound(
              Json.number(arguments, "seedIdleMode"),
              Json.number(arguments, "seedIdleLimit").map(TimeUnit.MINUTES::toNanos),
              before.idleNanos());
      desk.change(
          item,
          handle ->
              handle.share(new ShareRule(ratio, before.seedingNanos(), idle, before.action())));
    }
  }

  /** A mode without a limit keeps the limit; a limit without a mode is kept if it counts. */
  private static Bound bound(Optional<Long> mode, Optional<Long> limit, Bound before) {
    long kept = limit.orElse(before instanceof Bound.At(long value) ? value : 0L);
    if (mode.isEmpty()) {
      return before instanceof Bound.At ? Bound.at(Math.max(0, kept)) : before;
    }
    return switch ((int) (long) mode.get()) {
      case LIMITED -> Bound.at(Math.max(0, kept));
      case UNLIMITED -> Bound.never();
      default -> Bound.inherit();
    };
  }

  static void limitPeers(Desk desk, Item item, long most) {
    desk.change(item, handle -> handle.maxPeers(Math.clamp(most, 0, MAX_PEERS)));
  }

  /** The rank that is said, if there is such; nothing comes of other numbers. */
  static Optional<Rank> rank(JsonNode arguments) {
    return Json.number(arguments, "bandwidthPriority")
        .filter(priority -> Math.abs(priority) <= 1)
        .map(Rank::of);
  }

  private void files(Item item, JsonNode arguments) {
    if (FileLists.isThere(arguments)) {
      FileSelection wanted =
          FileLists.change(
              arguments,
              desk.files(item).orElseThrow(() -> Problem.conflict("the files are not known")));
      desk.change(item, handle -> handle.select(wanted));
    }
  }

  private static List<String> labels(JsonNode arguments) {
    for (JsonNode label : arguments.path("labels")) {
      String text = label.asString("").strip();
      if (text.isEmpty() || text.contains(",")) {
        throw Problem.bad("labels cannot be empty or contain commas");
      }
    }
    return TorrentAdd.texts(arguments, "labels");
  }

  private void others(Item item, JsonNode arguments) {
    if (arguments.has("labels")) {
      List<String> labels = labels(arguments);
      desk.tag(List.of(item), before -> new LinkedHashSet<>(labels));
    }
    Json.text(arguments, "group")
        .ifPresent(group -> desk.change(item, handle -> handle.bandwidthClass(group)));
    Json.number(arguments, "peer-limit").ifPresent(most -> limitPeers(desk, item, most));
    rank(arguments).ifPresent(rank -> desk.change(item, handle -> handle.rank(rank)));
    Json.number(arguments, "queuePosition")
        .ifPresent(place ->
            desk.change(
                item, handle -> handle.move(new QueueMove.To(Math.clamp(place, 0, 1 << 30)))));
    Json.flag(arguments, "sequentialDownload")
        .ifPresent(on ->
            desk.change(
                item, handle -> handle.order(on, item.record().options().picking().ends())));
  }
}
