package sluice.daemon.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.daemon.web.Dialect;
import sluice.daemon.web.Json;
import sluice.daemon.web.Route;
import sluice.daemon.web.Scope;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of our API: each is a route and what people are told of it. */
final class OwnCalls {
  static final String ROOT = "/api/v1";

  private final List<Described> calls = new ArrayList<>();

  private record Described(Route route, String summary, Body body, List<String> query) {}

  void get(String path, String summary, Route.Handler handler, String... query) {
    add(Route.of("GET", ROOT + path, Dialect.OWN, Scope.READ, handler), summary, query);
  }

  /** One with a body, which is checked. */
  void call(
      String method, String path, Scope scope, String summary, Body body, Route.Handler handler) {
    add(Route.of(method, ROOT + path, Dialect.OWN, scope, checked(body, handler)), summary, body);
  }

  /** One without a body. */
  void call(String method, String path, Scope scope, String summary, Route.Handler handler) {
    call(method, path, scope, summary, Body.NONE, handler);
  }

  static Route.Handler checked(Body body, Route.Handler handler) {
    return request -> {
      body.check(request.body());
      return handler.answer(request);
    };
  }

  void add(Route route, String summary, String... query) {
    add(route, summary, Body.NONE, query);
  }

  void add(Route route, String summary, Body body, String... query) {
    calls.add(new Described(route, summary, body, List.of(query)));
  }

  List<Route> routes() {
    return calls.stream().map(Described::route).toList();
  }

  /** The OpenAPI document of all of them. */
  ObjectNode document() {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Sluice")
        .put("version", "1")
        .put("description", "Torrents of a daemon. Errors are application/problem+json.");
    ObjectNode paths = document.putObject("paths");
    Map<String, ObjectNode> byPath = new TreeMap<>();
    for (Described call : calls) {
      byPath
          .computeIfAbsent(call.route().pattern(), path -> Json.object())
          .set(call.route().method().toLowerCase(java.util.Locale.ROOT), operation(call));
    }
    byPath.forEach(paths::set);
    ObjectNode schemes = document.putObject("components").putObject("securitySchemes");
    schemes.putObject("key").put("type", "http").put("scheme", "bearer");
    schemes.putObject("session").put("type", "apiKey").put("in", "cookie").put("name", "sluice");
    return document;
  }

  private static ObjectNode operation(Described call) {
    ObjectNode operation = Json.object().put("summary", call.summary());
    ArrayNode parameters = operation.putArray("parameters");
    for (String part : call.route().path()) {
      if (part.startsWith("{")) {
        parameter(parameters, part.substring(1, part.length() - 1), "path", true);
      }
    }
    call.query().forEach(name -> parameter(parameters, name, "query", false));
    ArrayNode security = operation.putArray("security");
    Optional<Scope> scope = call.route().scope();
    scope.ifPresent(needed -> {
      operation.put("x-scope", needed.text());
      security.addObject().putArray("key");
      security.addObject().putArray("session");
    });
    if (!call.body().isEmpty()) {
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject("application/json")
          .set("schema", call.body().schema());
    }
    ObjectNode responses = operation.putObject("responses");
    responses.putObject("2XX").put("description", "It is done.");
    responses
        .putObject("default")
        .put("description", "A problem.")
        .putObject("content")
        .putObject("application/problem+json")
        .putObject("schema")
        .put("type", "object");
    return operation;
  }

  private static void parameter(ArrayNode to, String name, String in, boolean required) {
    to.addObject()
        .put("name", name)
        .put("in", in)
        .put("required", required)
        .putObject("schema")
        .put("type", "string");
  }
}
