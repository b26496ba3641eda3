package sluice.daemon.qbittorrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.engine.pick.Priority;
import sluice.engine.session.PieceMap;
import sluice.engine.session.TorrentFiles;
import sluice.protocol.metainfo.MetainfoWriter;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of torrents and what is known of one. */
record TorrentReads(QbContext context, TorrentObject object) {
  void addTo(Calls calls) {
    calls.read("torrents/info", this::info);
    calls.text("torrents/count", request -> "" + context.desk().shelf().sums().torrents());
    calls.json("torrents/properties", this::properties);
    calls.json("torrents/files", this::files);
    calls.json("torrents/trackers", this::trackers);
    calls.json("torrents/webseeds", this::webSeeds);
    calls.json("torrents/pieceStates", this::pieceStates);
    calls.read("torrents/export", this::export);
  }

  private Reply info(Request request) {
    List<Item> items =
        request.field("hashes").map(context::items).orElseGet(context.desk().shelf()::items);
    String filter = request.field("filter").orElse("all");
    Optional<String> category = request.field("category");
    Optional<String> tag = request.field("tag");
    List<Item> found = new ArrayList<>();
    for (Item item : items) {
      if (TorrentState.passes(item, filter)
          && category.map(item.record().category()::equals).orElse(true)
          && tag.map(t -> hasTag(item, t)).orElse(true)) {
        found.add(item);
      }
    }
    request
        .field("sort")
        .filter(sort -> !sort.isEmpty())
        .ifPresent(sort -> found.sort(object.by(sort)));
    if (request.field("reverse").filter("true"::equals).isPresent()) {
      Collections.reverse(found);
    }
    long offset = request.field("offset").map(AppCalls::number).orElse(0L);
    long from = Math.clamp(offset < 0 ? found.size() + offset : offset, 0, found.size());
    long limit = request.field("limit").map(AppCalls::number).filter(n -> n > 0).orElse(1L << 30);
    return Json.streamed(json -> {
      json.writeStartArray();
      found.stream().skip(from).limit(limit).forEach(item -> object.write(json, item));
      json.writeEndArray();
    });
  }

  private static boolean hasTag(Item item, String tag) {
    return tag.isEmpty() ? item.record().tags().isEmpty() : item.record().tags().contains(tag);
  }

  private ObjectNode properties(Request request) {
    Item item = context.item(request);
    Optional<Facts> facts = item.facts().or(() -> context.desk().shelf().facts(item));
    ObjectNode all = object.of(item);
    ObjectNode properties = Json.object();
    for (String name :
        List.of(
            "hash",
            "infohash_v1",
            "infohash_v2",
            "name",
            "save_path",
            "download_path",
            "comment",
            "eta",
            "dl_limit",
            "up_limit",
            "total_size",
            "has_metadata",
            "private")) {
      properties.set(name, all.path(name));
    }
    var now = item.now();
    return properties
        .put("is_private", facts.map(Facts::isPrivate).orElse(false))
        .put("created_by", facts.map(Facts::createdBy).orElse(""))
        .put("creation_date", facts.flatMap(Facts::createdSeconds).orElse(-1L))
        .put("addition_date", all.path("added_on").asLong())
        .put("completion_date", all.path("completion_on").asLong())
        .put("last_seen", all.path("seen_complete").asLong())
        .put("piece_size", facts.map(f -> (long) f.pieceLength()).orElse(-1L))
        .put("pieces_num", facts.map(f -> (long) f.pieces()).orElse(-1L))
        .put("pieces_have", item.hasMetadata() ? now.havePieces() : 0)
        .put("dl_speed", now.downRate())
        .put("dl_speed_avg", 0)
        .put("up_speed", now.upRate())
        .put("up_speed_avg", 0)
        .put("total_downloaded", now.downloaded())
        .put("total_downloaded_session", now.downloaded())
        .put("total_uploaded", now.uploaded())
        .put("total_uploaded_session", now.uploaded())
        .put("total_wasted", now.wasted())
        .put("share_ratio", item.ratio())
        .put("popularity", 0)
        .put("reannounce", 0)
        .put("nb_connections", now.peers())
        .put("nb_connections_limit", 100)
        .put("peers", now.peers() - now.seeds())
        .put("peers_total", all.path("num_incomplete").asInt())
        .put("seeds", now.seeds())
        .put("seeds_total", all.path("num_complete").asInt())
        .put("seeding_time", all.path("seeding_time").asLong())
        .put("time_elapsed", all.path("time_active").asLong());
  }

  private ArrayNode files(Request request) {
    Item item = context.item(request);
    Optional<TorrentFiles> known = context.desk().files(item);
    Optional<PieceLayout> layout =
        context.desk().shelf().handle(item).flatMap(h -> h.metainfo()).map(m -> m.info().layout());
    ArrayNode array = Json.array();
    if (known.isEmpty() || layout.isEmpty()) {
      return array;
    }
    Set<Integer> wanted = indexes(request, known.get().files().size());
    Optional<PieceMap> pieces = new Details(context.desk(), item).pieces();
    long offset = 0;
    for (int i = 0; i < known.get().files().size(); i++) {
      TorrentFiles.TorrentFile file = known.get().files().get(i);
      long length = Math.max(1, file.lengthBytes());
      if (!file.pad() && wanted.contains(i)) {
        ObjectNode object =
            array
                .addObject()
                .put("index", i)
                .put("name", String.join("/", file.path()))
                .put("size", file.lengthBytes())
                .put("progress", file.lengthBytes() == 0 ? 1 : (double) file.doneBytes() / length)
                .put("priority", priority(file.priority()))
                .put("is_seed", item.isComplete());
        int first = (int) (offset / layout.get().pieceLength());
        int last = (int) ((offset + length - 1) / layout.get().pieceLength());
        object.put("availability", pieces.map(p -> p.copies(first, last)).orElse(0.0));
        object.putArray("piece_range").add(first).add(last);
      }
      offset += file.lengthBytes();
    }
    return array;
  }

  /** Those that {@code indexes} names; all, if it names none. */
  private static Set<Integer> indexes(Request request, int files) {
    List<String> named = QbContext.parts(request.field("indexes").orElse(""), "\\|");
    Set<Integer> wanted = new HashSet<>();
    for (String index : named) {
      long number = AppCalls.number(index);
      if (number < 0 || number >= files) {
        throw Problem.conflict(index + " is not the index of a file");
      }
      wanted.add((int) number);
    }
    for (int i = 0; named.isEmpty() && i < files; i++) {
      wanted.add(i);
    }
    return wanted;
  }

  private static int priority(Priority priority) {
    return switch (priority) {
      case SKIP -> 0;
      case LOW, NORMAL -> 1;
      case HIGH -> 6;
      case FIRST -> 7;
    };
  }

  private ArrayNode trackers(Request request) {
    Item item = context.item(request);
    ArrayNode array = Json.array();
    for (String own : List.of("** [DHT] **", "** [PeX] **", "** [LSD] **")) {
      tracker(array, own, -1, 2, Optional.empty());
    }
    List<List<String>> tiers =
        context.desk().shelf().facts(item).map(Facts::trackers).orElse(List.of());
    for (int tier = 0; tier < tiers.size(); tier++) {
      for (String url : tiers.get(tier)) {
        Optional<TrackerBook.Answer> answer = context.trackers().of(item.torrent(), url);
        tracker(array, url, tier, answer.map(a -> a.working() ? 2 : 4).orElse(1), answer);
      }
    }
    return array;
  }

  private static void tracker(
      ArrayNode array, String url, int tier, int status, Optional<TrackerBook.Answer> answer) {
    array
        .addObject()
        .put("url", url)
        .put("status", status)
        .put("tier", tier)
        .put("num_peers", answer.map(TrackerBook.Answer::peers).orElse(0))
        .put("num_seeds", answer.map(TrackerBook.Answer::seeds).orElse(TrackerBook.UNKNOWN))
        .put("num_leeches", answer.map(TrackerBook.Answer::leeches).orElse(TrackerBook.UNKNOWN))
        .put("num_downloaded", TrackerBook.UNKNOWN)
        .put("msg", answer.map(TrackerBook.Answer::message).orElse(""));
  }

  private Reply export(Request request) {
    byte[] file =
        context
            .desk()
            .shelf()
            .handle(context.item(request))
            .flatMap(handle -> handle.metainfo())
            .map(MetainfoWriter::write)
            .orElseThrow(() -> Problem.conflict("the metadata are not known"));
    return new Reply.Whole(200, Map.of("Content-Type", "application/x-bittorrent"), file);
  }

  private ArrayNode webSeeds(Request request) {
    ArrayNode array = Json.array();
    context
        .desk()
        .shelf()
        .facts(context.item(request))
        .ifPresent(f -> f.webSeeds().forEach(url -> array.addObject().put("url", url)));
    return array;
  }

  private ArrayNode pieceStates(Request request) {
    Item item = context.item(request);
    Details details = new Details(context.desk(), item);
    int count = details.facts().map(Facts::pieces).orElse(0);
    PieceSet none = new PieceSet(count);
    PieceSet have = details.pieces().map(p -> p.have()).orElse(none);
    PieceSet open = details.pieces().map(p -> p.open()).orElse(none);
    ArrayNode array = Json.array();
    for (int piece = 0; piece < count; piece++) {
      array.add(have.get(piece) || item.isComplete() ? 2 : open.get(piece) ? 1 : 0);
    }
    return array;
  }
}
