package sluice.daemon.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sluice.client.Client;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Route;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What monitors ask: whether the process lives, and whether it can do its work. */
public record HealthRoutes(Client client, Path downloads) {
  /** The routes. */
  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/healthz", Dialect.PAGE, request -> Reply.text("ok\n")),
        Route.open("GET", "/readyz", Dialect.PAGE, request -> ready()));
  }

  private Reply ready() {
    ObjectNode body = Json.object();
    ArrayNode reasons = body.putArray("reasons");
    if (client.port() == 0) {
      reasons.add("peers are not accepted");
    }
    if (!Files.isWritable(downloads)) {
      reasons.add("the folder of downloads cannot be written to");
    }
    body.put("ready", reasons.isEmpty());
    return Json.reply(reasons.isEmpty() ? 200 : 503, body);
  }
}
