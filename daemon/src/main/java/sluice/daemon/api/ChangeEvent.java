package sluice.daemon.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.protocol.digest.Hash;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server-sent event that tells of torrents. Whole torrents are in {@code torrents}, without
 * members that are 0, empty or false, an {@code eta} that nobody knows, and a {@code hashV1} that
 * is the {@code id}; of torrents in {@code figures} only these have changed. With {@code more} the
 * next event goes on with the same.
 *
 * @param full whether what was known before is void
 */
record ChangeEvent(
    boolean full,
    boolean more,
    List<Item> torrents,
    List<Item> figures,
    List<String> removed,
    ObjectNode status) {
  private static final double DECIMALS = 10_000;
  private static final int ROOM = 512;

  /** The event as it is sent; readers that come again begin after {@code id}. */
  byte[] bytes(OptionalLong id) {
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(ROOM * (1 + torrents.size() + figures.size()));
    id.ifPresent(number -> out.writeBytes(ascii("id: " + number + "\n")));
    out.writeBytes(ascii("event: change\ndata: "));
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeBooleanProperty("full", full);
      json.writeBooleanProperty("more", more);
      json.writeArrayPropertyStart("torrents");
      torrents.forEach(item -> whole(json, item));
      json.writeEndArray();
      json.writeArrayPropertyStart("figures");
      figures.forEach(item -> figures(json, item));
      json.writeEndArray();
      json.writeArrayPropertyStart("removed");
      removed.forEach(json::writeString);
      json.writeEndArray();
      json.writeName("status");
      json.writeTree(status);
      json.writeEndObject();
    }
    out.writeBytes(ascii("\n\n"));
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void whole(JsonGenerator json, Item item) {
    var now = item.now();
    var record = item.record();
    json.writeStartObject();
    json.writeStringProperty("id", item.hash());
    json.writeNumberProperty("number", item.number());
    json.writeStringProperty("name", record.name());
    json.writeStringProperty("state", now.phase().name().toLowerCase(Locale.ROOT));
    flag(json, "complete", item.isComplete());
    flag(json, "forced", now.place().forced());
    flag(json, "sequential", record.options().picking().sequential());
    figures(json, item, true);
    number(json, "size", item.totalBytes());
    number(json, "wanted", item.wantedBytes());
    json.writeStringProperty("folder", record.folder().toString());
    text(json, "category", record.category());
    number(json, "downLimit", record.options().downBytesPerSecond());
    number(json, "upLimit", record.options().upBytesPerSecond());
    number(json, "added", record.added().toEpochMilli());
    number(json, "completed", item.completedMillis());
    text(json, "tracker", item.facts().map(Facts::tracker).orElse(""));
    text(json, "error", now.fault().map(fault -> fault.detail()).orElse(""));
    text(json, "fault", TorrentJson.fault(item));
    if (item.torrent().v1().isEmpty()) {
      json.writeStringProperty("hashV1", "");
    }
    item.torrent().v2().map(Hash::hex).ifPresent(hash -> text(json, "hashV2", hash));
    if (!record.tags().isEmpty()) {
      json.writeArrayPropertyStart("tags");
      record.tags().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, Item item) {
    json.writeStartObject();
    json.writeStringProperty("id", item.hash());
    figures(json, item, false);
    json.writeEndObject();
  }

  /** What changes while data are exchanged; those that are 0 may be left out. */
  private static void figures(JsonGenerator json, Item item, boolean sparse) {
    var now = item.now();
    fraction(json, "progress", item.progress(), sparse);
    number(json, "have", item.hasMetadata() ? now.haveBytes() : 0, sparse);
    number(json, "downloaded", now.downloaded(), sparse);
    number(json, "uploaded", now.uploaded(), sparse);
    number(json, "downRate", now.downRate(), sparse);
    number(json, "upRate", now.upRate(), sparse);
    fraction(json, "ratio", item.ratio(), sparse);
    if (!sparse || item.etaSeconds() >= 0) {
      json.writeNumberProperty("eta", item.etaSeconds());
    }
    number(json, "peers", now.peers(), sparse);
    number(json, "seeds", now.seeds(), sparse);
    number(json, "knownPeers", now.knownPeers(), sparse);
    number(json, "active", item.activeMillis(), sparse);
  }

  private static void flag(JsonGenerator json, String name, boolean value) {
    if (value) {
      json.writeBooleanProperty(name, true);
    }
  }

  private static void text(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, long value) {
    number(json, name, value, true);
  }

  private static void number(JsonGenerator json, String name, long value, boolean sparse) {
    if (!sparse || value != 0) {
      json.writeNumberProperty(name, value);
    }
  }

  /** Rounded down: only all of it is 1. */
  private static void fraction(JsonGenerator json, String name, double value, boolean sparse) {
    if (!sparse || value != 0) {
      json.writeNumberProperty(name, Math.floor(value * DECIMALS) / DECIMALS);
    }
  }
}
