package sluice.daemon.transmission;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The address of the RPC. A caller learns a session id by a first request that is refused with
 * status 409, and sends it with all others, which pages of others cannot.
 */
public final class RpcRoutes {
  /** Where it is. */
  public static final String PATH = "/transmission/rpc";

  private static final String SESSION = "X-Transmission-Session-Id";
  private static final int SESSION_BYTES = 24;

  private final RpcMethods methods;
  private final JsonRpc jsonRpc;
  private final String session;

  /** The RPC over {@code context}. */
  public RpcRoutes(RpcContext context) {
    byte[] id = new byte[SESSION_BYTES];
    new SecureRandom().nextBytes(id);
    session = HexFormat.of().formatHex(id);
    methods = new RpcMethods(context, session);
    jsonRpc = new JsonRpc(methods);
  }

  /** Its routes. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    // Some programs ask with a slash at the end.
    for (String path : List.of(PATH, PATH + "/")) {
      routes.add(Route.of("POST", path, Dialect.TRANSMISSION, Scope.READ, this::answer).uploads());
      routes.add(Route.of("GET", path, Dialect.TRANSMISSION, Scope.READ, request -> conflict()));
    }
    return routes;
  }

  private Reply conflict() {
    return Reply.of(
            409,
            "text/html; charset=UTF-8",
            "<h1>409: Conflict</h1><p>" + SESSION + ": " + session + "</p>")
        .with(SESSION, session);
  }

  private Reply answer(Request request) {
    if (!request.header(SESSION).equals(java.util.Optional.of(session))) {
      return conflict();
    }
    JsonNode body = Json.read(request.body());
    if (JsonRpc.isMeant(body)) {
      return jsonRpc.answer(body, request.caller()).with(SESSION, session);
    }
    return old(Json.readObject(request.body()), request);
  }

  private Reply old(ObjectNode asked, Request request) {
    ObjectNode answer = Json.object();
    try {
      String method =
          Json.text(asked, "method").orElseThrow(() -> Problem.bad("no method was named"));
      JsonNode arguments = Json.member(asked, "arguments").orElseGet(Json::object);
      if (method.equals(RpcMethods.LIST)) {
        return list(methods.list(arguments, request.caller()), asked);
      }
      ObjectNode result = methods.call(method, arguments, request.caller());
      answer.put("result", "success").set("arguments", result);
    } catch (Problem e) {
      if (e.status() == 403 && e.code().equals("scope")) {
        throw e;
      }
      answer.put("result", e.detail()).set("arguments", Json.object());
    }
    Json.member(asked, "tag").ifPresent(tag -> answer.set("tag", tag));
    return Json.reply(answer).with(SESSION, session);
  }

  /** All torrents at once would take many times the memory of their text. */
  private Reply list(TorrentGet.Found found, ObjectNode asked) {
    return Json.streamed(
            json -> {
              json.writeStartObject();
              json.writeName("arguments");
              found.write(json, name -> name);
              json.writeStringProperty("result", "success");
              Json.member(asked, "tag")
                  .ifPresent(tag -> {
                    json.writeName("tag");
                    json.writeTree(tag);
                  });
              json.writeEndObject();
            })
        .with(SESSION, session);
  }
}
