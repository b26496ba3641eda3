package sluice.daemon.qbittorrent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.PeerAddress;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.Info;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Peers that callers name, hashes of pieces, what is in a folder. */
record PeerCalls(QbContext context) {
  /** Names of a folder that are told. */
  private static final int MAX_NAMES = 10_000;

  void addTo(Calls calls) {
    calls.post("torrents/addPeers", Scope.MANAGE, this::addPeers);
    calls.act("transfer/banPeers", Scope.ADMIN, this::ban);
    calls.json("torrents/pieceHashes", this::hashes);
    calls.json("app/getDirectoryContent", this::folder);
  }

  /** Those that are no addresses are left out, as in qBittorrent. */
  private static List<Endpoint> peers(Request request) {
    return QbContext.parts(request.need("peers"), "\\|").stream()
        .flatMap(text -> peer(text).stream())
        .toList();
  }

  private static Optional<Endpoint> peer(String text) {
    try {
      return Optional.of(PeerAddress.of(text));
    } catch (Problem e) {
      return Optional.empty();
    }
  }

  private Reply addPeers(Request request) {
    List<Endpoint> peers = peers(request);
    if (peers.isEmpty()) {
      throw Problem.bad("No valid peers were specified");
    }
    ObjectNode answer = Json.object();
    for (Item item : context.items(request)) {
      boolean taken = offer(item, peers);
      answer
          .putObject(item.hash())
          .put("added", taken ? peers.size() : 0)
          .put("failed", taken ? 0 : peers.size());
    }
    return Json.reply(answer);
  }

  private boolean offer(Item item, List<Endpoint> peers) {
    try {
      context.desk().change(item, handle -> handle.offer(peers));
      return true;
    } catch (Problem e) {
      return false;
    }
  }

  private void ban(Request request) {
    context.blocking().ban(peers(request).stream().map(Endpoint::address).toList());
  }

  /** Of torrents of the second version alone, the callers know no hashes. */
  private ArrayNode hashes(Request request) {
    Item item = context.item(request);
    ArrayNode hashes = Json.array();
    Optional<Info> info =
        context.desk().shelf().handle(item).flatMap(h -> h.metainfo()).map(m -> m.info());
    for (int piece = 0; piece < info.map(i -> i.layout().pieceCount()).orElse(0); piece++) {
      info.get().v1Hash(piece).map(Hash::hex).ifPresent(hashes::add);
    }
    return hashes;
  }

  /** Only of folders in which data may be: what is elsewhere is nobody's business. */
  private ArrayNode folder(Request request) {
    Path folder = context.desk().roots().of(request.need("dirPath"));
    String mode = request.field("mode").orElse("all");
    if (!List.of("all", "dirs", "files").contains(mode)) {
      throw Problem.bad("mode is all, dirs or files");
    } else if (!Files.isDirectory(folder)) {
      throw Problem.missing("there is no such folder");
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        boolean wanted = mode.equals("all") || Files.isDirectory(each) == mode.equals("dirs");
        if (wanted && names.size() < MAX_NAMES) {
          names.add(each.toString());
        }
      }
    } catch (IOException e) {
      throw Problem.conflict("the folder cannot be read");
    }
    ArrayNode answer = Json.array();
    names.stream().sorted().forEach(answer::add);
    return answer;
  }
}
