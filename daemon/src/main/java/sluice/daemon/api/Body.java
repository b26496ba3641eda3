package sluice.daemon.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the body of a call may have: as the document says it, and as it is checked before the call
 * is answered. Immutable.
 */
final class Body {
  /** A call without a body. */
  static final Body NONE = new Body(Map.of());

  private static final String ANY_NAME = "*";

  private final Map<String, Type> members;

  private Body(Map<String, Type> members) {
    this.members = members;
  }

  /** What a member is. */
  enum Type {
    STRING("string"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    NUMBER("number"),
    STRINGS("string[]"),
    TIERS("string[][]"),
    OBJECT("object"),
    OBJECTS("object[]"),
    ANY("any");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    static Type of(String text) {
      for (Type type : values()) {
        if (type.text.equals(text)) {
          return type;
        }
      }
      throw new IllegalArgumentException("no type: " + text);
    }

    boolean fits(JsonNode node) {
      return switch (this) {
        case STRING -> node.isString();
        case BOOLEAN -> node.isBoolean();
        case INTEGER -> node.isIntegralNumber();
        case NUMBER -> node.isNumber();
        case STRINGS -> each(node, STRING);
        case TIERS -> each(node, STRINGS);
        case OBJECT -> node.isObject();
        case OBJECTS -> each(node, OBJECT);
        case ANY -> true;
      };
    }

    private static boolean each(JsonNode node, Type element) {
      if (!node.isArray()) {
        return false;
      }
      for (JsonNode one : node) {
        if (!element.fits(one)) {
          return false;
        }
      }
      return true;
    }

    ObjectNode schema() {
      ObjectNode schema = Json.object();
      switch (this) {
        case STRING, BOOLEAN, INTEGER, NUMBER, OBJECT -> schema.put("type", text);
        case STRINGS -> schema.put("type", "array").set("items", STRING.schema());
        case TIERS -> schema.put("type", "array").set("items", STRINGS.schema());
        case OBJECTS -> schema.put("type", "array").set("items", OBJECT.schema());
        case ANY -> schema.put("description", "any value");
      }
      return schema;
    }
  }

  /** Members such as {@code folder: string}; a star for the name stands for all others. */
  static Body of(String... lines) {
    Map<String, Type> members = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      members.put(line.substring(0, colon), Type.of(line.substring(colon + 2)));
    }
    return new Body(members);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Refuses what the document does not name. An empty body is one without members. */
  void check(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> said : Json.readObject(bytes).properties()) {
      Type type = members.getOrDefault(said.getKey(), members.get(ANY_NAME));
      if (type == null) {
        throw Problem.bad("there is no member " + said.getKey() + "; it has " + members.keySet());
      } else if (!said.getValue().isNull() && !type.fits(said.getValue())) {
        wrong.add(said.getKey() + " is to be " + type.text);
      }
    }
    if (!wrong.isEmpty()) {
      throw Problem.bad(String.join(", ", wrong));
    }
  }

  /** The schema of the document. */
  ObjectNode schema() {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    boolean others = false;
    for (Map.Entry<String, Type> member : members.entrySet()) {
      if (member.getKey().equals(ANY_NAME)) {
        schema.set("additionalProperties", member.getValue().schema());
        others = true;
      } else {
        properties.set(member.getKey(), member.getValue().schema());
      }
    }
    return others ? schema : schema.put("additionalProperties", false);
  }
}
