package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.engine.pick.FileChoice;
import sluice.engine.pick.FileSelection;
import sluice.engine.pick.Priority;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Adds torrents. Labels are tags. */
record TorrentAdd(RpcContext context) {
  ObjectNode call(JsonNode arguments) {
    Wish wish =
        Wish.PLAIN
            .folder(
                Json.text(arguments, "download-dir")
                    .orElseGet(() -> context.preferences().folder().toString()))
            .stopped(
                Json.flag(arguments, "paused")
                    .orElse(!context.preferences().is(Preference.START_ADDED)))
            .labels("", texts(arguments, "labels"))
            .order(Json.flag(arguments, "sequentialDownload").orElse(false), false)
            .files(choice(arguments));
    Optional<Long> peers = Json.number(arguments, "peer-limit");
    Optional<String> metainfo = Json.text(arguments, "metainfo").filter(text -> !text.isEmpty());
    Desk.Added added =
        metainfo.isPresent()
            ? context.desk().add(decode(metainfo.get()), wish)
            : context
                .desk()
                .add(
                    Json.text(arguments, "filename")
                        .orElseThrow(() -> Problem.bad("no filename or metainfo specified")),
                    wish,
                    Json.text(arguments, "cookies").orElse(""));
    if (!added.duplicate()) {
      TorrentSet.rank(arguments)
          .ifPresent(rank -> context.desk().change(added.item(), handle -> handle.rank(rank)));
    }
    if (peers.isPresent() && !added.duplicate()) {
      TorrentSet.limitPeers(context.desk(), added.item(), peers.get());
    }
    ObjectNode result = Json.object();
    result.set(added.duplicate() ? "torrent-duplicate" : "torrent-added", describe(added.item()));
    return result;
  }

  private static ObjectNode describe(Item item) {
    return Json.object()
        .put("id", item.number())
        .put("hashString", item.hash())
        .put("name", item.record().name());
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("metainfo is not in base64");
    }
  }

  private static Optional<FileChoice> choice(JsonNode arguments) {
    List<Integer> wanted = FileLists.numbers(arguments, "files-wanted");
    List<Integer> unwanted = FileLists.numbers(arguments, "files-unwanted");
    List<Integer> high = FileLists.numbers(arguments, "priority-high");
    List<Integer> low = FileLists.numbers(arguments, "priority-low");
    if (wanted.isEmpty() && unwanted.isEmpty() && high.isEmpty() && low.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(info -> {
      List<Priority> files = new ArrayList<>();
      for (int i = 0; i < info.files().size(); i++) {
        boolean skipped = unwanted.contains(i) || (!wanted.isEmpty() && !wanted.contains(i));
        files.add(
            skipped
                ? Priority.SKIP
                : high.contains(i)
                    ? Priority.HIGH
                    : low.contains(i) ? Priority.LOW : Priority.NORMAL);
      }
      return new FileSelection(files);
    });
  }

  static List<String> texts(JsonNode arguments, String name) {
    return StreamSupport.stream(arguments.path(name).spliterator(), false)
        .map(JsonNode::asString)
        .filter(text -> !text.isBlank())
        .toList();
  }
}
