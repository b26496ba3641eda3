package sluice.daemon.api;

import java.util.List;
import sluice.daemon.shelf.RateBook;
import sluice.daemon.shelf.RateSteps;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rates over time, of all torrents and of one. */
record RateRoutes(RateBook book, TorrentRoutes torrents) {
  void addTo(OwnCalls calls) {
    calls.get(
        "/rates",
        "Rates of all torrents together in an hour, a day or a week, the oldest first.",
        request ->
            reply(
                book.of(
                    RateBook.Span.of(request.field("span").orElse("hour"))
                        .orElseThrow(() -> Problem.bad("a span is hour, day or week")))),
        "span");
    calls.get(
        "/torrents/{id}/rates",
        "Its rates in the last half an hour, the oldest first.",
        request -> reply(book.of(torrents.item(request).torrent())));
  }

  private static Reply reply(RateSteps.Seen seen) {
    ObjectNode answer =
        Json.object().put("stepSeconds", seen.stepSeconds()).put("room", seen.room());
    put(answer.putArray("down"), seen.down());
    put(answer.putArray("up"), seen.up());
    return Json.reply(answer);
  }

  private static void put(ArrayNode to, List<Integer> rates) {
    rates.forEach(to::add);
  }
}
