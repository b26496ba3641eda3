package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import sluice.client.TorrentHandle;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Renaming;
import sluice.daemon.shelf.Space;
import sluice.daemon.web.Caller;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Scope;
import sluice.engine.session.QueueMove;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods of the RPC, by name. */
final class RpcMethods {
  /** Its answer may be large; see {@link #list}. */
  static final String LIST = "torrent-get";

  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final RpcContext context;
  private final Desk desk;
  private final Selection selection;
  private final TorrentGet torrents;

  private record Method(Scope scope, Function<JsonNode, ObjectNode> call) {}

  RpcMethods(RpcContext context, String sessionId) {
    this.context = context;
    this.desk = context.desk();
    this.selection = new Selection(desk.shelf(), context.unixMillis());
    SessionFields session = new SessionFields(context, sessionId);
    torrents = new TorrentGet(context, selection);
    put(LIST, Scope.READ, torrents::call);
    put("torrent-add", Scope.ADD, new TorrentAdd(context)::call);
    put("torrent-set", Scope.MANAGE, new TorrentSet(desk, selection)::call);
    put("torrent-remove", Scope.MANAGE, this::remove);
    each("torrent-start", TorrentHandle::start);
    each("torrent-start-now", TorrentHandle::force);
    each("torrent-stop", TorrentHandle::stop);
    each("torrent-verify", TorrentHandle::recheck);
    each("torrent-reannounce", TorrentHandle::reannounce);
    put("torrent-set-location", Scope.MANAGE, this::relocate);
    put("torrent-rename-path", Scope.MANAGE, this::rename);
    each("queue-move-top", handle -> handle.move(new QueueMove.Top()));
    each("queue-move-up", handle -> handle.move(new QueueMove.Up()));
    each("queue-move-down", handle -> handle.move(new QueueMove.Down()));
    each("queue-move-bottom", handle -> handle.move(new QueueMove.Bottom()));
    put("session-get", Scope.READ, session::get);
    put("session-set", Scope.ADMIN, session::set);
    put("session-stats", Scope.READ, arguments -> session.stats());
    put("session-close", Scope.ADMIN, arguments -> close());
    put("free-space", Scope.READ, this::freeSpace);
    put(
        "port-test",
        Scope.READ,
        arguments -> Json.object().put("port-is-open", desk.client().port() != 0));
    put(
        "blocklist-update",
        Scope.ADMIN,
        arguments -> Json.object().put("blocklist-size", context.blocking().update()));
    GroupMethods groups = new GroupMethods(context.preferences());
    put("group-get", Scope.READ, groups::get);
    put("group-set", Scope.ADMIN, groups::set);
  }

  private void put(String name, Scope scope, Function<JsonNode, ObjectNode> call) {
    methods.put(name, new Method(scope, call));
  }

  private void each(String name, Function<TorrentHandle, CompletionStage<?>> change) {
    put(
        name,
        Scope.MANAGE,
        arguments -> {
          desk.change(selection.of(arguments), change);
          return Json.object();
        });
  }

  boolean has(String name) {
    return methods.containsKey(name);
  }

  ObjectNode call(String name, JsonNode arguments, Caller caller) {
    return method(name, caller).call().apply(arguments);
  }

  /** What {@link #LIST} gives, to be written torrent by torrent. */
  TorrentGet.Found list(JsonNode arguments, Caller caller) {
    method(LIST, caller);
    return torrents.find(arguments);
  }

  private Method method(String name, Caller caller) {
    Method method = methods.get(name);
    if (method == null) {
      throw Problem.bad("method name not recognized");
    } else if (!caller.scopes().contains(method.scope())) {
      throw new Problem(403, "scope", "this needs the scope " + method.scope().text());
    }
    return method;
  }

  private ObjectNode remove(JsonNode arguments) {
    boolean data = Json.flag(arguments, "delete-local-data").orElse(false);
    desk.remove(selection.of(arguments), data);
    return Json.object();
  }

  private ObjectNode relocate(JsonNode arguments) {
    String location =
        Json.text(arguments, "location").orElseThrow(() -> Problem.bad("no location was named"));
    if (Json.flag(arguments, "move").orElse(false)) {
      desk.move(selection.of(arguments), location);
    } else {
      desk.find(selection.of(arguments), location);
    }
    return Json.object();
  }

  private ObjectNode rename(JsonNode arguments) {
    String path = Json.text(arguments, "path").orElse("");
    String name = Json.text(arguments, "name").orElse("");
    List<Item> items = selection.of(arguments);
    if (items.size() != 1 || path.isEmpty() || name.isEmpty() || name.contains("/")) {
      throw Problem.bad("one torrent, a path and a name without slashes are needed");
    }
    List<String> from = List.of(path.split("/", -1));
    List<String> to = new ArrayList<>(from.subList(0, from.size() - 1));
    to.add(name);
    Renaming.rename(desk, items.getFirst(), from, to);
    return Json.object().put("path", path).put("name", name).put("id", items.getFirst().number());
  }

  private ObjectNode close() {
    context.end().run();
    return Json.object();
  }

  private ObjectNode freeSpace(JsonNode arguments) {
    String path = Json.text(arguments, "path").orElseThrow(() -> Problem.bad("no path was named"));
    Space space = Space.of(desk.roots().of(path));
    return Json.object()
        .put("path", path)
        .put("size-bytes", space.freeBytes())
        .put("total_size", space.totalBytes());
  }
}
