package sluice.daemon.api;

import java.util.Locale;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.web.Json;
import sluice.protocol.digest.Hash;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A torrent in our API. */
final class TorrentJson {
  private TorrentJson() {}

  static ObjectNode of(Item item) {
    var now = item.now();
    ObjectNode object =
        Json.object()
            .put("id", item.hash())
            .put("number", item.number())
            .put("name", item.record().name())
            .put("state", now.phase().name().toLowerCase(Locale.ROOT))
            .put("complete", item.isComplete())
            .put("forced", now.place().forced())
            .put("progress", item.progress())
            .put("size", item.totalBytes())
            .put("wanted", item.wantedBytes())
            .put("have", item.hasMetadata() ? now.haveBytes() : 0)
            .put("downloaded", now.downloaded())
            .put("uploaded", now.uploaded())
            .put("downRate", now.downRate())
            .put("upRate", now.upRate())
            .put("ratio", item.ratio())
            .put("eta", item.etaSeconds())
            .put("peers", now.peers())
            .put("seeds", now.seeds())
            .put("knownPeers", now.knownPeers())
            .put("folder", item.record().folder().toString())
            .put("category", item.record().category())
            .put("downLimit", item.record().options().downBytesPerSecond())
            .put("upLimit", item.record().options().upBytesPerSecond())
            .put("sequential", item.record().options().picking().sequential())
            .put("added", item.record().added().toEpochMilli())
            .put("completed", item.completedMillis())
            .put("active", item.activeMillis())
            .put("tracker", item.facts().map(Facts::tracker).orElse(""))
            .put("error", now.fault().map(fault -> fault.detail()).orElse(""));
    object.put("hashV1", item.torrent().v1().map(Hash::hex).orElse(""));
    object.put("hashV2", item.torrent().v2().map(Hash::hex).orElse(""));
    ArrayNode tags = object.putArray("tags");
    item.record().tags().forEach(tags::add);
    return object;
  }
}
