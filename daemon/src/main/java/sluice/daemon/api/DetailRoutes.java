package sluice.daemon.api;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import sluice.daemon.country.Countries;
import sluice.daemon.shelf.Details;
import sluice.daemon.shelf.Facts;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.PeerAddress;
import sluice.daemon.shelf.Renaming;
import sluice.daemon.shelf.TrackerBook;
import sluice.daemon.shelf.TrackerEdits;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import sluice.engine.session.PeerSnapshot;
import sluice.engine.session.TorrentFiles;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpText;
import sluice.protocol.wire.PieceSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a torrent: files, peers, trackers, pieces. */
record DetailRoutes(ApiContext context, TorrentRoutes torrents) {
  void addTo(OwnCalls calls) {
    calls.get("/torrents/{id}/files", "Its files.", this::files);
    calls.call(
        "PATCH",
        "/torrents/{id}/files",
        Scope.MANAGE,
        "Changes priorities: skip, low, normal, high or first, by index.",
        Body.of("*: string"),
        this::prioritize);
    calls.get("/torrents/{id}/peers", "Its connected peers.", this::peers);
    calls.get("/torrents/{id}/trackers", "Its trackers and what they said.", this::trackers);
    calls.call(
        "PUT",
        "/torrents/{id}/trackers",
        Scope.MANAGE,
        "Announces it to these trackers, in tiers, and to no others.",
        Body.of("tiers: string[][]"),
        this::retrack);
    calls.call(
        "POST",
        "/torrents/{id}/rename",
        Scope.MANAGE,
        "Gives a file or folder of it another path.",
        Body.of("from: string", "to: string"),
        this::rename);
    calls.call(
        "POST",
        "/torrents/{id}/peers",
        Scope.MANAGE,
        "Tells it of peers, as address:port.",
        Body.of("peers: string[]"),
        this::offer);
    calls.get(
        "/torrents/{id}/pieces", "Its pieces as bits in base64, first piece first.", this::pieces);
  }

  private Details details(Request request) {
    return new Details(context.desk(), torrents.item(request));
  }

  private static Reply list(String name, ArrayNode array) {
    ObjectNode answer = Json.object();
    answer.set(name, array);
    return Json.reply(answer);
  }

  private Reply files(Request request) {
    ArrayNode array = Json.array();
    List<TorrentFiles.TorrentFile> files =
        details(request).files().map(TorrentFiles::files).orElse(List.of());
    for (int i = 0; i < files.size(); i++) {
      TorrentFiles.TorrentFile file = files.get(i);
      if (!file.pad()) {
        array
            .addObject()
            .put("index", i)
            .put("path", String.join("/", file.path()))
            .put("size", file.lengthBytes())
            .put("have", file.doneBytes())
            .put("priority", file.priority().name().toLowerCase(Locale.ROOT));
      }
    }
    return list("files", array);
  }

  private Reply prioritize(Request request) {
    Item item = torrents.item(request);
    TorrentFiles files =
        context.desk().files(item).orElseThrow(() -> Problem.conflict("the files are not known"));
    List<Priority> changed =
        new ArrayList<>(files.files().stream().map(TorrentFiles.TorrentFile::priority).toList());
    for (Map.Entry<String, JsonNode> said : Json.readObject(request.body()).properties()) {
      int index = said.getKey().matches("[0-9]{1,7}") ? Integer.parseInt(said.getKey()) : -1;
      if (index < 0 || index >= changed.size()) {
        throw Problem.bad("the torrent has no file " + said.getKey());
      }
      try {
        changed.set(index, Priority.valueOf(said.getValue().asString("").toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw Problem.bad("a priority is skip, low, normal, high or first");
      }
    }
    context.desk().change(item, handle -> handle.select(new FileSelection(changed)));
    return Reply.empty();
  }

  private Reply peers(Request request) {
    ArrayNode array = Json.array();
    for (PeerSnapshot peer : details(request).peers()) {
      array
          .addObject()
          .put("address", IpText.of(peer.endpoint().address()))
          .put("port", peer.endpoint().port())
          .put("country", Countries.of(peer.endpoint().address()))
          .put("client", peer.client())
          .put("incoming", peer.incoming())
          .put("utp", peer.byUtp())
          .put("encrypted", peer.encrypted())
          .put("progress", peer.pieces() == 0 ? 0 : (double) peer.havePieces() / peer.pieces())
          .put("downRate", peer.downRate())
          .put("upRate", peer.upRate())
          .put("downloaded", peer.downloaded())
          .put("uploaded", peer.uploaded())
          .put("interesting", peer.interesting())
          .put("chokingUs", peer.chokingUs())
          .put("interestedInUs", peer.interestedInUs())
          .put("chokedByUs", peer.chokedByUs())
          .put("snubbed", peer.snubbed());
    }
    return list("peers", array);
  }

  private Reply trackers(Request request) {
    ArrayNode array = Json.array();
    Details details = details(request);
    List<List<String>> tiers = details.facts().map(Facts::trackers).orElse(List.of());
    for (int tier = 0; tier < tiers.size(); tier++) {
      for (String url : tiers.get(tier)) {
        Optional<TrackerBook.Answer> answer = context.trackers().of(details.item().torrent(), url);
        array
            .addObject()
            .put("url", url)
            .put("tier", tier)
            .put("asked", answer.map(TrackerBook.Answer::millis).orElse(0L))
            .put("working", answer.map(TrackerBook.Answer::working).orElse(false))
            .put("peers", answer.map(TrackerBook.Answer::peers).orElse(0))
            .put("seeds", answer.map(TrackerBook.Answer::seeds).orElse(TrackerBook.UNKNOWN))
            .put("leeches", answer.map(TrackerBook.Answer::leeches).orElse(TrackerBook.UNKNOWN))
            .put("next", answer.map(TrackerBook.Answer::nextMillis).orElse(0L))
            .put("message", answer.map(TrackerBook.Answer::message).orElse(""));
      }
    }
    return list("trackers", array);
  }

  private Reply retrack(Request request) {
    List<List<String>> tiers = new ArrayList<>();
    for (JsonNode tier : Json.readObject(request.body()).path("tiers")) {
      tiers.add(tier.valueStream().map(url -> url.asString("").strip()).toList());
    }
    List<List<String>> checked = TrackerEdits.checked(tiers);
    context.desk().trackers(torrents.item(request), before -> checked);
    return Reply.empty();
  }

  private Reply rename(Request request) {
    JsonNode body = Json.readObject(request.body());
    Renaming.rename(context.desk(), torrents.item(request), path(body, "from"), path(body, "to"));
    return Reply.empty();
  }

  private static List<String> path(JsonNode body, String name) {
    List<String> parts = List.of(Json.text(body, name).orElse("").split("/", -1));
    if (parts.stream().anyMatch(String::isBlank)) {
      throw Problem.bad(name + " is no path");
    }
    return parts;
  }

  private Reply offer(Request request) {
    List<Endpoint> peers = new ArrayList<>();
    for (String text : TorrentRoutes.texts(Json.readObject(request.body()), "peers")) {
      peers.add(PeerAddress.of(text));
    }
    context.desk().change(torrents.item(request), handle -> handle.offer(peers));
    return Reply.empty();
  }

  private Reply pieces(Request request) {
    Details details = details(request);
    int count = details.facts().map(Facts::pieces).orElse(0);
    PieceSet usual = details.item().isComplete() ? PieceSet.full(count) : new PieceSet(count);
    PieceSet have = details.pieces().map(p -> p.have()).orElse(usual);
    PieceSet open = details.pieces().map(p -> p.open()).orElseGet(() -> new PieceSet(count));
    return Json.reply(
        Json.object()
            .put("count", count)
            .put("have", Base64.getEncoder().encodeToString(have.toWire()))
            .put("open", Base64.getEncoder().encodeToString(open.toWire())));
  }
}
