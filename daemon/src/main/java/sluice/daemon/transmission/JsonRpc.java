package sluice.daemon.transmission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import sluice.daemon.web.Caller;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.TreeNode;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The same methods as JSON-RPC 2.0, as Transmission has them from version 4.1 on: all names are
 * words with lines between them, where older ones have hyphens or capitals.
 */
final class JsonRpc {
  /** Requests at a time. */
  private static final int MAX_BATCH = 100;

  private static final int WRONG_REQUEST = -32_600;
  private static final int NO_METHOD = -32_601;
  private static final int FAILED = -32_000;
  private static final Pattern WORD_BEGINS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private final RpcMethods methods;

  JsonRpc(RpcMethods methods) {
    this.methods = methods;
  }

  /** Whether a body is of this kind. */
  static boolean isMeant(JsonNode body) {
    return body.isArray() || body.has("jsonrpc");
  }

  Reply answer(JsonNode body, Caller caller) {
    if (!body.isArray()) {
      if (isList(body)) {
        return list(body, caller);
      }
      Optional<ObjectNode> answer = one(body, caller);
      return answer.<Reply>map(Json::reply).orElseGet(Reply::empty);
    } else if (body.isEmpty() || body.size() > MAX_BATCH) {
      return Json.reply(error(WRONG_REQUEST, "1 to " + MAX_BATCH + " requests"));
    }
    ArrayNode answers = Json.array();
    body.forEach(each -> one(each, caller).ifPresent(answers::add));
    return answers.isEmpty() ? Reply.empty() : Json.reply(answers);
  }

  private static boolean isList(JsonNode request) {
    return older(request.path("method").asString("")).contains(RpcMethods.LIST)
        && request.path("jsonrpc").asString("").equals("2.0")
        && request.path("id").isValueNode();
  }

  private Reply list(JsonNode request, Caller caller) {
    TorrentGet.Found found;
    try {
      found = methods.list(arguments(request.path("params")), caller);
    } catch (Problem e) {
      return Json.reply(error(FAILED, e.detail()).set("id", request.path("id")));
    }
    return Json.streamed(json -> {
      json.writeStartObject();
      json.writeStringProperty("jsonrpc", "2.0");
      json.writeName("id");
      json.writeTree(request.path("id"));
      json.writeName("result");
      found.write(new Renaming(json), JsonRpc::name);
      json.writeEndObject();
    });
  }

  /** Writes all names as they are here. */
  private static final class Renaming extends JsonGeneratorDelegate {
    private final Map<String, String> names = new HashMap<>();

    Renaming(JsonGenerator json) {
      super(json);
    }

    @Override
    public JsonGenerator writeName(String older) {
      return super.writeName(names.computeIfAbsent(older, JsonRpc::name));
    }

    @Override
    public JsonGenerator writeTree(TreeNode tree) {
      return super.writeTree(tree instanceof JsonNode node ? named(node) : tree);
    }
  }

  /** What is answered; nothing to who has named no id. */
  private Optional<ObjectNode> one(JsonNode request, Caller caller) {
    ObjectNode answer;
    try {
      answer = call(request, caller);
    } catch (Problem e) {
      answer = error(e.status() == 404 ? NO_METHOD : FAILED, e.detail());
    }
    if (!request.has("id") && request.isObject()) {
      return Optional.empty();
    }
    boolean named = request.path("id").isValueNode();
    answer.set("id", named ? request.path("id") : Json.object().nullNode());
    return Optional.of(answer);
  }

  private ObjectNode call(JsonNode request, Caller caller) {
    String method = request.path("method").asString("");
    boolean good = request.path("jsonrpc").asString("").equals("2.0") && !method.isEmpty();
    if (!good) {
      return error(WRONG_REQUEST, "no request of JSON-RPC 2.0");
    }
    String name = method.replace('_', '-');
    if (!methods.has(name)) {
      return error(NO_METHOD, "Method not found");
    }
    ObjectNode params = arguments(request.path("params"));
    JsonNode result = named(methods.call(name, params, caller));
    if (params.path("format").asString("").equals("table")) {
      head(result.path("torrents").path(0));
    }
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("result", result);
    return answer;
  }

  /** The first row of a table has names. */
  private static void head(JsonNode row) {
    if (row instanceof ArrayNode names) {
      for (int i = 0; i < names.size(); i++) {
        names.set(i, name(names.path(i).asString("")));
      }
    }
  }

  private static ObjectNode error(int code, String message) {
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.putObject("error").put("code", code).put("message", message);
    return answer;
  }

  /** The arguments under all names that they may have had; unknown ones are ignored. */
  private static ObjectNode arguments(JsonNode params) {
    ObjectNode arguments = Json.object();
    for (Map.Entry<String, JsonNode> each : params.properties()) {
      JsonNode value = each.getKey().equals("fields") ? fields(each.getValue()) : each.getValue();
      older(each.getKey()).forEach(name -> arguments.set(name, value));
    }
    return arguments;
  }

  private static ArrayNode fields(JsonNode fields) {
    ArrayNode names = Json.array();
    for (JsonNode field : fields) {
      older(field.asString("")).forEach(names::add);
    }
    return names;
  }

  private static Set<String> older(String name) {
    StringBuilder capitals = new StringBuilder();
    for (String word : name.split("_", -1)) {
      capitals.append(
          capitals.isEmpty() || word.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return new LinkedHashSet<>(List.of(name, name.replace('_', '-'), capitals.toString()));
  }

  /** The same with all names as they are here. */
  private static JsonNode named(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = Json.object();
      node.properties().forEach(each -> object.set(name(each.getKey()), named(each.getValue())));
      return object;
    } else if (node.isArray()) {
      ArrayNode array = Json.array();
      node.forEach(each -> array.add(named(each)));
      return array;
    }
    return node;
  }

  static String name(String older) {
    List<String> words = new ArrayList<>();
    for (String part : older.split("-", -1)) {
      words.addAll(List.of(WORD_BEGINS.split(part)));
    }
    return String.join("_", words).toLowerCase(Locale.ROOT);
  }
}
