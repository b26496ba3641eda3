package sluice.daemon.transmission;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.daemon.web.Members;
import sluice.engine.policy.Bound;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.TorrentSnapshot.Phase;
import sluice.protocol.magnet.Magnet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;

/** The fields of a torrent, by name. */
final class TorrentFields {
  private static final double PERMILLE = 1_000;

  private final Members<Details> fields = new Members<>();
  private final RpcContext context;

  TorrentFields(RpcContext context) {
    this.context = context;
    identity();
    state();
    amounts();
    limits();
    times(context.unixMillis());
    new ListFields(context).addTo(fields);
  }

  boolean isKnown(String name) {
    return fields.has(name);
  }

  /** Writes the value of the field {@code name}. */
  void write(JsonGenerator json, String name, Details details) {
    fields.write(json, name, details);
  }

  private void number(String name, ToLongFunction<Item> value) {
    fields.number(name, details -> value.applyAsLong(details.item()));
  }

  private void fraction(String name, ToDoubleFunction<Item> value) {
    fields.fraction(name, details -> value.applyAsDouble(details.item()));
  }

  private void flag(String name, Predicate<Item> value) {
    fields.flag(name, details -> value.test(details.item()));
  }

  private void text(String name, Function<Item, String> value) {
    fields.text(name, details -> value.apply(details.item()));
  }

  private void fact(String name, ToLongFunction<Facts> value) {
    fields.number(name, details -> details.facts().map(value::applyAsLong).orElse(0L));
  }

  private void words(String name, Function<Facts, String> value) {
    fields.text(name, details -> details.facts().map(value).orElse(""));
  }

  private void identity() {
    number("id", Item::number);
    text("hashString", Item::hash);
    text("name", item -> item.record().name());
    text("downloadDir", item -> item.record().folder().toString());
    text("group", this::group);
    text("magnetLink", TorrentFields::magnet);
    text("torrentFile", item -> "");
    words("comment", Facts::comment);
    words("creator", Facts::createdBy);
    fact("dateCreated", facts -> facts.createdSeconds().orElse(0L));
    fields.flag("isPrivate", details -> details.facts().map(Facts::isPrivate).orElse(false));
    fact("pieceCount", Facts::pieces);
    fact("pieceSize", Facts::pieceLength);
    fact("file-count", Facts::files);
    fields.tree(
        "labels",
        details -> {
          ArrayNode labels = Json.array();
          details.item().record().tags().forEach(labels::add);
          return labels;
        });
  }

  private String group(Item item) {
    String group = item.record().options().terms().bandwidthClass();
    return context.preferences().groups().has(group) ? group : "";
  }

  private static String magnet(Item item) {
    List<String> trackers =
        item.facts()
            .map(f -> f.trackers().stream().flatMap(List::stream).toList())
            .orElse(List.of());
    return new Magnet(
            item.torrent(),
            java.util.Optional.of(item.record().name()),
            trackers,
            List.of(),
            List.of(),
            List.of())
        .toUri();
  }

  private void state() {
    number("status", TorrentFields::status);
    number("error", item -> item.now().fault().isPresent() ? 3 : 0);
    text("errorString", item -> item.now().fault().map(f -> f.detail()).orElse(""));
    number("eta", item -> item.etaSeconds());
    number("etaIdle", item -> Item.UNKNOWN_SECONDS);
    flag("isFinished", TorrentFields::isFinished);
    flag("isStalled", item -> List.of(4, 6).contains(status(item)) && item.now().peers() == 0);
    number("queuePosition", item -> item.number() - 1);
    number("bandwidthPriority", item -> item.record().options().terms().rank().number());
    flag("sequentialDownload", item -> item.record().options().picking().sequential());
  }

  /** Whether it rests because it has shared enough, as far as its own limit tells. */
  private static boolean isFinished(Item item) {
    return item.isComplete()
        && status(item) == 0
        && item.record().options().terms().share().ratioPermille() instanceof Bound.At(long limit)
        && item.ratio() * PERMILLE >= limit;
  }

  static int status(Item item) {
    return switch (item.now().phase()) {
      case STOPPED, FAULTED, ABSENT -> 0;
      case CHECKING -> 2;
      case QUEUED -> item.isComplete() ? 5 : 3;
      case METADATA, DOWNLOADING -> 4;
      case SEEDING -> 6;
    };
  }

  private void amounts() {
    fraction("percentDone", Item::progress);
    fraction(
        "percentComplete",
        item -> item.totalBytes() == 0 ? 0 : (double) item.now().haveBytes() / item.totalBytes());
    fraction("metadataPercentComplete", item -> item.hasMetadata() ? 1 : 0);
    fraction(
        "recheckProgress",
        item ->
            item.now().phase() == Phase.CHECKING && item.now().pieces() > 0
                ? (double) item.now().havePieces() / item.now().pieces()
                : 0);
    number("totalSize", Item::totalBytes);
    number("sizeWhenDone", Item::wantedBytes);
    number("leftUntilDone", Item::missingBytes);
    number("haveValid", item -> item.hasMetadata() ? item.now().haveBytes() : 0);
    number("haveUnchecked", item -> 0);
    number("corruptEver", item -> item.now().wasted());
    number("desiredAvailable", item -> item.now().seeds() > 0 ? item.missingBytes() : 0);
    number("rateDownload", item -> item.now().downRate());
    number("rateUpload", item -> item.now().upRate());
    number("downloadedEver", item -> item.now().downloaded());
    number("uploadedEver", item -> item.now().uploaded());
    fraction("uploadRatio", Item::ratio);
    number("peersConnected", item -> item.now().peers());
    fields.number("peersSendingToUs", details -> count(details, peer -> peer.downRate() > 0));
    fields.number("peersGettingFromUs", details -> count(details, peer -> peer.upRate() > 0));
    number("webseedsSendingToUs", item -> 0);
  }

  private static long count(Details details, Predicate<PeerSnapshot> which) {
    return details.item().now().peers() == 0 ? 0 : details.peers().stream().filter(which).count();
  }

  private static long mostPeers(Item item) {
    int most = item.record().options().terms().maxPeers();
    return most == 0 ? 100 : most;
  }

  private void limits() {
    flag("honorsSessionLimits", item -> true);
    number("peer-limit", TorrentFields::mostPeers);
    number("maxConnectedPeers", TorrentFields::mostPeers);
    number("downloadLimit", item -> item.record().options().downBytesPerSecond() / 1_000);
    flag("downloadLimited", item -> item.record().options().downBytesPerSecond() > 0);
    number("uploadLimit", item -> item.record().options().upBytesPerSecond() / 1_000);
    flag("uploadLimited", item -> item.record().options().upBytesPerSecond() > 0);
    fraction(
        "seedRatioLimit",
        item ->
            ShareFields.limit(item.record().options().terms().share().ratioPermille()) / PERMILLE);
    number(
        "seedRatioMode",
        item -> ShareFields.mode(item.record().options().terms().share().ratioPermille()));
    number(
        "seedIdleLimit",
        item ->
            java.util.concurrent.TimeUnit.NANOSECONDS.toMinutes(
                ShareFields.limit(item.record().options().terms().share().idleNanos())));
    number(
        "seedIdleMode",
        item -> ShareFields.mode(item.record().options().terms().share().idleNanos()));
  }

  private void times(java.util.function.LongSupplier unixMillis) {
    number("addedDate", item -> item.record().added().getEpochSecond());
    number("startDate", item -> item.record().added().getEpochSecond());
    number("editDate", item -> item.record().added().getEpochSecond());
    number("doneDate", item -> item.completedMillis() / 1_000);
    number("activityDate", item -> item.activeMillis() / 1_000);
    number("secondsDownloading", item -> downloadingSeconds(item));
    number(
        "secondsSeeding",
        item -> java.util.concurrent.TimeUnit.NANOSECONDS.toSeconds(item.now().seedingNanos()));
    number("manualAnnounceTime", item -> Math.max(0, unixMillis.getAsLong() / 1_000 + 60));
  }

  private static long downloadingSeconds(Item item) {
    return Math.max(
        0,
        item.record().active().toSeconds()
            - java.util.concurrent.TimeUnit.NANOSECONDS.toSeconds(item.now().seedingNanos()));
  }
}
