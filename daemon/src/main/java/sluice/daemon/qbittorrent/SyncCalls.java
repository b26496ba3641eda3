package sluice.daemon.qbittorrent;

import java.util.List;
import java.util.Locale;
import sluice.daemon.country.Countries;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Json;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.engine.session.PeerSnapshot;
import sluice.protocol.address.IpText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changed since the caller asked last. {@code rid} is the revision of the shelf that it saw;
 * torrents that changed are told as a whole, which callers merge all the same.
 */
record SyncCalls(QbContext context, TorrentObject object, TrackerIndex trackers) {
  SyncCalls(QbContext context, TorrentObject object) {
    this(context, object, new TrackerIndex());
  }

  void addTo(Calls calls) {
    calls.read("sync/maindata", this::maindata);
    calls.json("sync/torrentPeers", this::peers);
  }

  private Reply maindata(Request request) {
    long seen = request.field("rid").map(AppCalls::number).orElse(0L);
    Shelf.Changes changes = context.desk().shelf().since(seen);
    long version = context.desk().shelf().factsVersion();
    ObjectNode answer = Json.object().put("rid", changes.revision());
    if (changes.full()) {
      answer.put("full_update", true);
    }
    if (!changes.removed().isEmpty()) {
      ArrayNode removed = answer.putArray("torrents_removed");
      changes.removed().forEach(gone -> removed.add(gone.hash()));
    }
    answer.set("categories", LabelCalls.categories(context.desk().labels()));
    answer.set("tags", LabelCalls.tags(context.desk().labels()));
    trackers.tell(answer, seen, changes, context.desk().shelf()::items, version);
    answer.set("server_state", state(context.desk().shelf().sums()));
    return Json.streamed(json -> write(json, answer, changes));
  }

  /** All torrents at once would take many times the memory of their text. */
  private void write(JsonGenerator json, ObjectNode answer, Shelf.Changes changes) {
    json.writeStartObject();
    if (changes.full() || !changes.changed().isEmpty()) {
      json.writeObjectPropertyStart("torrents");
      for (Item item : changes.changed()) {
        json.writeName(item.hash());
        object.writeNameless(json, item);
      }
      json.writeEndObject();
    }
    answer
        .properties()
        .forEach(member -> {
          json.writeName(member.getKey());
          json.writeTree(member.getValue());
        });
    json.writeEndObject();
  }

  private ObjectNode state(Sums all) {
    long down = all.downloaded();
    long up = all.uploaded();
    return TransferCalls.info(context, all)
        .put("alltime_dl", down)
        .put("alltime_ul", up)
        .put("average_time_queue", 0)
        .put("free_space_on_disk", Space.of(context.preferences().folder()).freeBytes())
        .put("global_ratio", down == 0 ? "0.00" : String.format("%.2f", (double) up / down))
        .put("queued_io_jobs", 0)
        .put("queueing", context.preferences().is(Preference.QUEUE_DOWNLOADS_LIMITED))
        .put("read_cache_hits", "0")
        .put("read_cache_overload", "0")
        .put("write_cache_overload", "0")
        .put("refresh_interval", 1_500)
        .put("total_buffers_size", 0)
        .put("total_peer_connections", all.peers())
        .put("total_queued_size", 0)
        .put("total_wasted_session", all.wasted())
        .put("last_external_address_v4", "")
        .put("last_external_address_v6", "")
        .put("use_alt_speed_limits", context.preferences().is(Preference.ALTERNATIVE))
        .put("use_subcategories", false);
  }

  /** Peers are told in full each time: they change all the time. */
  private ObjectNode peers(Request request) {
    // Without a hash, it is a torrent that is not there.
    Item item = context.item(request.field("hash").orElse(""));
    long rid = request.field("rid").map(AppCalls::number).orElse(0L);
    ObjectNode answer =
        Json.object()
            .put("rid", Math.max(0, rid) + 1)
            .put("full_update", true)
            .put("show_flags", true);
    ObjectNode peers = answer.putObject("peers");
    List<PeerSnapshot> all =
        context
            .desk()
            .shelf()
            .handle(item)
            .map(handle -> sluice.daemon.shelf.Desk.done(handle.peers()))
            .orElse(List.of());
    for (PeerSnapshot peer : all) {
      String address = IpText.of(peer.endpoint().address());
      String key = peer.endpoint().toString();
      double progress = peer.pieces() == 0 ? 0 : (double) peer.havePieces() / peer.pieces();
      String country = Countries.of(peer.endpoint().address());
      peers
          .putObject(key)
          .put("client", peer.client())
          .put("connection", peer.byUtp() ? "μTP" : "BT")
          .put("country", country.isEmpty() ? "" : Locale.of("", country).getDisplayCountry())
          .put("country_code", country.toLowerCase(Locale.ROOT))
          .put("dl_speed", peer.downRate())
          .put("up_speed", peer.upRate())
          .put("downloaded", peer.downloaded())
          .put("uploaded", peer.uploaded())
          .put("files", "")
          .put("flags", flags(peer))
          .put("flags_desc", "")
          .put("ip", address)
          .put("port", peer.endpoint().port())
          .put("progress", progress)
          .put("relevance", 1 - progress)
          .put("peer_id_client", "");
    }
    return answer;
  }

  private static String flags(PeerSnapshot peer) {
    String down = peer.interesting() ? (peer.chokingUs() ? "d" : "D") : peer.chokingUs() ? "" : "K";
    String up =
        peer.interestedInUs() ? (peer.chokedByUs() ? "u" : "U") : peer.chokedByUs() ? "" : "?";
    return (down
            + " "
            + up
            + (peer.incoming() ? " I" : "")
            + (peer.snubbed() ? " S" : "")
            + (peer.encrypted() ? " E" : "")
            + (peer.byUtp() ? " P" : ""))
        .trim();
  }
}
