package sluice.daemon.qbittorrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;

/**
 * The calls of the API as routes. What only reads may be asked by POST, too, with a form; what
 * changes something may not be asked by GET.
 */
final class Calls {
  private static final String ROOT = "/api/v2/";

  private final List<Route> routes = new ArrayList<>();

  List<Route> routes() {
    return routes;
  }

  void json(String path, Function<Request, JsonNode> call) {
    read(path, request -> Json.reply(call.apply(request)));
  }

  void text(String path, Function<Request, String> call) {
    read(path, request -> Reply.text(call.apply(request)));
  }

  void read(String path, Route.Handler call) {
    routes.add(Route.of("GET", ROOT + path, Dialect.QBITTORRENT, Scope.READ, call));
    routes.add(Route.of("POST", ROOT + path, Dialect.QBITTORRENT, Scope.READ, call));
  }

  /** One that changes something and answers with nothing but success. */
  void act(String path, Scope scope, Consumer<Request> call) {
    post(
        path,
        scope,
        request -> {
          call.accept(request);
          return Reply.text("");
        });
  }

  void post(String path, Scope scope, Route.Handler call) {
    routes.add(Route.of("POST", ROOT + path, Dialect.QBITTORRENT, scope, call).uploads());
  }

  void open(String path, Route.Handler call) {
    routes.add(Route.open("POST", ROOT + path, Dialect.QBITTORRENT, call));
  }
}
