package sluice.daemon.api;

import java.util.Locale;
import sluice.daemon.shelf.Preference;
import sluice.daemon.shelf.Space;
import sluice.daemon.shelf.Sums;
import sluice.daemon.web.Json;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The session as a whole: how it does, its end, links that let a browser in. */
record SessionRoutes(ApiContext context) {
  void addTo(OwnCalls calls) {
    calls.get("/status", "How the session does.", this::status);
    calls.get("/tracker", "The tracker inside of the daemon.", request -> Json.reply(tracker()));
    calls.call("POST", "/session/stop", Scope.ADMIN, "Ends the daemon.", this::stop);
    calls.call(
        "POST",
        "/login-links",
        Scope.ADMIN,
        "Makes a link that lets a browser in once, within 15 minutes.",
        this::link);
  }

  private Reply status(Request request) {
    ObjectNode status = status(context);
    if (!request.header("Accept").orElse("").startsWith("text/plain")) {
      return Json.reply(status);
    }
    return Reply.text(
        String.format(
            Locale.ROOT,
            "page %s%npeers at port %d%n%d torrents, %d active, %d errors%n"
                + "%d B/s down, %d B/s up%n",
            context.url().get(),
            context.desk().client().port(),
            status.path("torrents").asInt(),
            status.path("active").asInt(),
            status.path("errors").asInt(),
            status.path("downRate").asLong(),
            status.path("upRate").asLong()));
  }

  /** How the session does. */
  static ObjectNode status(ApiContext context) {
    Sums all = context.desk().shelf().sums();
    return Json.object()
        .put("torrents", all.torrents())
        .put("active", all.active())
        .put("errors", all.faulted())
        .put("peers", all.peers())
        .put("downRate", all.downRate())
        .put("upRate", all.upRate())
        .put("freeBytes", Space.of(context.preferences().folder()).freeBytes())
        .put("peerPort", context.desk().client().port())
        .put("alternative", context.preferences().is(Preference.ALTERNATIVE))
        .put("uptimeSeconds", (context.unixMillis().getAsLong() - context.startedMillis()) / 1_000);
  }

  private ObjectNode tracker() {
    ObjectNode answer =
        Json.object()
            .put("enabled", !context.embedded().urls().isEmpty())
            .put("swarms", context.embedded().swarms())
            .put("peers", context.embedded().peers());
    ArrayNode urls = answer.putArray("urls");
    context.embedded().urls().forEach(urls::add);
    return answer;
  }

  private Reply stop(Request request) {
    context.end().run();
    return Reply.empty();
  }

  private Reply link(Request request) {
    String link = context.url().get() + "#login=" + context.doorman().link();
    return request.header("Accept").orElse("").startsWith("text/plain")
        ? Reply.text(link + "\n")
        : Json.reply(Json.object().put("url", link));
  }
}
