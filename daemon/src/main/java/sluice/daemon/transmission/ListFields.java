package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.web.Json;
import sluice.daemon.web.Members;
import sluice.engine.pick.Priority;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.TorrentFiles.TorrentFile;
import sluice.protocol.address.IpText;
import sluice.protocol.wire.PieceSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a torrent that are lists: files, peers, trackers, pieces. */
final class ListFields {
  private final RpcContext context;

  ListFields(RpcContext context) {
    this.context = context;
  }

  void addTo(Members<Details> fields) {
    fields.tree("files", each(ListFields::file));
    fields.tree("fileStats", each(ListFields::stats));
    fields.tree("priorities", numbers(f -> priority(f.priority())));
    fields.tree("wanted", numbers(f -> f.priority().isWanted() ? 1 : 0));
    fields.tree("peers", ListFields::peers);
    fields.tree("peersFrom", ListFields::peersFrom);
    fields.tree("trackers", details -> trackers(details, false));
    fields.tree("trackerStats", details -> trackers(details, true));
    fields.text("trackerList", ListFields::trackerList);
    fields.tree("webseeds", ListFields::webSeeds);
    fields.text("pieces", ListFields::pieces);
    fields.tree("availability", ListFields::availability);
  }

  /** At how many peers each piece is; -1 for those that are here. */
  private static ArrayNode availability(Details details) {
    ArrayNode array = Json.array();
    details
        .pieces()
        .ifPresent(map -> {
          for (int piece = 0; piece < map.copies().length; piece++) {
            array.add(map.have().get(piece) ? -1 : map.copies()[piece]);
          }
        });
    return array;
  }

  private static List<TorrentFile> files(Details details) {
    return details.files().map(files -> files.files()).orElse(List.of());
  }

  private static Function<Details, JsonNode> each(Function<TorrentFile, ObjectNode> describe) {
    return details -> {
      ArrayNode array = Json.array();
      files(details).forEach(file -> array.add(describe.apply(file)));
      return array;
    };
  }

  private static Function<Details, JsonNode> numbers(Function<TorrentFile, Integer> number) {
    return details -> {
      ArrayNode array = Json.array();
      files(details).forEach(file -> array.add(number.apply(file)));
      return array;
    };
  }

  private static ObjectNode file(TorrentFile file) {
    return Json.object()
        .put("bytesCompleted", file.doneBytes())
        .put("length", file.lengthBytes())
        .put("name", String.join("/", file.path()));
  }

  private static ObjectNode stats(TorrentFile file) {
    return Json.object()
        .put("bytesCompleted", file.doneBytes())
        .put("wanted", file.priority().isWanted())
        .put("priority", priority(file.priority()));
  }

  private static int priority(Priority priority) {
    return switch (priority) {
      case LOW -> -1;
      case SKIP, NORMAL -> 0;
      case HIGH, FIRST -> 1;
    };
  }

  private static ArrayNode peers(Details details) {
    ArrayNode array = Json.array();
    for (PeerSnapshot peer : details.peers()) {
      array
          .addObject()
          .put("address", IpText.of(peer.endpoint().address()))
          .put("port", peer.endpoint().port())
          .put("clientName", peer.client())
          .put("clientIsChoked", peer.chokingUs())
          .put("clientIsInterested", peer.interesting())
          .put("peerIsChoked", peer.chokedByUs())
          .put("peerIsInterested", peer.interestedInUs())
          .put("isDownloadingFrom", peer.downRate() > 0)
          .put("isUploadingTo", peer.upRate() > 0)
          .put("isEncrypted", peer.encrypted())
          .put("isIncoming", peer.incoming())
          .put("isUTP", peer.byUtp())
          .put("flagStr", flags(peer))
          .put("progress", peer.pieces() == 0 ? 0 : (double) peer.havePieces() / peer.pieces())
          .put("rateToClient", peer.downRate())
          .put("rateToPeer", peer.upRate());
    }
    return array;
  }

  /** As Transmission writes them. */
  static String flags(PeerSnapshot peer) {
    StringBuilder flags = new StringBuilder();
    if (peer.downRate() > 0) {
      flags.append('D');
    } else if (peer.interesting()) {
      flags.append('d');
    }
    if (peer.upRate() > 0) {
      flags.append('U');
    } else if (peer.interestedInUs()) {
      flags.append('u');
    }
    if (!peer.chokingUs() && !peer.interesting()) {
      flags.append('K');
    }
    if (!peer.chokedByUs() && !peer.interestedInUs()) {
      flags.append('?');
    }
    flags.append(peer.encrypted() ? "E" : "").append(peer.incoming() ? "I" : "");
    return flags.append(peer.byUtp() ? "T" : "").toString();
  }

  private static ObjectNode peersFrom(Details details) {
    long incoming = details.peers().stream().filter(PeerSnapshot::incoming).count();
    return Json.object()
        .put("fromCache", 0)
        .put("fromDht", 0)
        .put("fromIncoming", incoming)
        .put("fromLpd", 0)
        .put("fromLtep", 0)
        .put("fromPex", 0)
        .put("fromTracker", details.peers().size() - incoming);
  }

  private ArrayNode trackers(Details details, boolean stats) {
    ArrayNode array = Json.array();
    List<List<String>> tiers = details.facts().map(f -> f.trackers()).orElse(List.of());
    int id = 0;
    for (int tier = 0; tier < tiers.size(); tier++) {
      for (String url : tiers.get(tier)) {
        ObjectNode tracker =
            array
                .addObject()
                .put("id", id++)
                .put("tier", tier)
                .put("announce", url)
                .put("scrape", "")
                .put("sitename", host(url));
        if (stats) {
          stats(tracker, url, context.trackers().of(details.item().torrent(), url));
        }
      }
    }
    return array;
  }

  private static void stats(ObjectNode tracker, String url, Optional<TrackerBook.Answer> answer) {
    boolean working = answer.map(TrackerBook.Answer::working).orElse(false);
    long seconds = answer.map(a -> a.millis() / 1_000).orElse(0L);
    tracker
        .put("host", host(url))
        .put("isBackup", false)
        .put("announceState", 1)
        .put("scrapeState", 0)
        .put("downloadCount", -1)
        .put("hasAnnounced", answer.isPresent())
        .put("hasScraped", false)
        .put("lastAnnouncePeerCount", answer.map(TrackerBook.Answer::peers).orElse(0))
        .put("lastAnnounceResult", answer.map(a -> working ? "Success" : a.message()).orElse(""))
        .put("lastAnnounceStartTime", seconds)
        .put("lastAnnounceSucceeded", working)
        .put("lastAnnounceTime", seconds)
        .put("lastAnnounceTimedOut", false)
        .put("lastScrapeResult", "")
        .put("lastScrapeStartTime", 0)
        .put("lastScrapeSucceeded", false)
        .put("lastScrapeTime", 0)
        .put("lastScrapeTimedOut", false)
        .put("leecherCount", answer.map(TrackerBook.Answer::leeches).orElse(TrackerBook.UNKNOWN))
        .put("nextAnnounceTime", answer.map(a -> a.nextMillis() / 1_000).orElse(0L))
        .put("nextScrapeTime", 0)
        .put("seederCount", answer.map(TrackerBook.Answer::seeds).orElse(TrackerBook.UNKNOWN));
  }

  /** The host and port in a URL, or all of it. */
  static String host(String url) {
    int from = url.indexOf("://") + 3;
    int to = from < 3 ? -1 : url.indexOf('/', from);
    return from < 3 ? url : url.substring(from, to < 0 ? url.length() : to);
  }

  private static String trackerList(Details details) {
    List<String> tiers = new ArrayList<>();
    details
        .facts()
        .ifPresent(facts -> facts.trackers().forEach(tier -> tiers.add(String.join("\n", tier))));
    return String.join("\n\n", tiers);
  }

  private static ArrayNode webSeeds(Details details) {
    ArrayNode array = Json.array();
    Consumer<String> add = array::add;
    details.facts().ifPresent(facts -> facts.webSeeds().forEach(add));
    return array;
  }

  private static String pieces(Details details) {
    int count = details.facts().map(f -> f.pieces()).orElse(0);
    PieceSet have =
        details
            .pieces()
            .map(map -> map.have())
            .orElseGet(() ->
                details.item().isComplete() && count > 0
                    ? PieceSet.full(count)
                    : new PieceSet(count));
    return Base64.getEncoder().encodeToString(have.toWire());
  }
}
