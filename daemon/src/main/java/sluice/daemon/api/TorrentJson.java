package sluice.daemon.api;

import java.util.Locale;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.daemon.web.Members;
import sluice.protocol.digest.Hash;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A torrent in our API. */
final class TorrentJson {
  private static final Members<Item> MEMBERS = members();

  private TorrentJson() {}

  static ObjectNode of(Item item) {
    return MEMBERS.object(item);
  }

  static void write(JsonGenerator json, Item item) {
    MEMBERS.write(json, item);
  }

  private static Members<Item> members() {
    return new Members<Item>()
        .text("id", Item::hash)
        .number("number", Item::number)
        .text("name", item -> item.record().name())
        .text("state", item -> item.now().phase().name().toLowerCase(Locale.ROOT))
        .flag("complete", Item::isComplete)
        .flag("forced", item -> item.now().place().forced())
        .fraction("progress", Item::progress)
        .number("size", Item::totalBytes)
        .number("wanted", Item::wantedBytes)
        .number("have", item -> item.hasMetadata() ? item.now().haveBytes() : 0)
        .number("downloaded", item -> item.now().downloaded())
        .number("uploaded", item -> item.now().uploaded())
        .number("downRate", item -> item.now().downRate())
        .number("upRate", item -> item.now().upRate())
        .fraction("ratio", Item::ratio)
        .number("eta", Item::etaSeconds)
        .number("peers", item -> item.now().peers())
        .number("seeds", item -> item.now().seeds())
        .number("knownPeers", item -> item.now().knownPeers())
        .text("folder", item -> item.record().folder().toString())
        .text("category", item -> item.record().category())
        .number("downLimit", item -> item.record().options().downBytesPerSecond())
        .number("upLimit", item -> item.record().options().upBytesPerSecond())
        .flag("sequential", item -> item.record().options().picking().sequential())
        .number("added", item -> item.record().added().toEpochMilli())
        .number("completed", Item::completedMillis)
        .number("active", Item::activeMillis)
        .text("tracker", item -> item.facts().map(Facts::tracker).orElse(""))
        .text("error", item -> item.now().fault().map(fault -> fault.detail()).orElse(""))
        .text("fault", TorrentJson::fault)
        .number("maxPeers", item -> item.record().options().terms().maxPeers())
        .tree("share", item -> ShareText.of(item.record().options().terms().share()))
        .text("hashV1", item -> item.torrent().v1().map(Hash::hex).orElse(""))
        .text("hashV2", item -> item.torrent().v2().map(Hash::hex).orElse(""))
        .tree(
            "tags",
            item -> {
              ArrayNode tags = Json.array();
              item.record().tags().forEach(tags::add);
              return tags;
            });
  }

  /** The kind of its fault, for programs; empty if there is none. */
  static String fault(Item item) {
    return item.now().fault().map(f -> f.kind().name().toLowerCase(Locale.ROOT)).orElse("");
  }
}
