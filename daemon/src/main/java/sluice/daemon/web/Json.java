package sluice.daemon.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON, as it is read within limits and written. */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Route.MAX_UPLOAD_BYTES * 2)
                          .maxNameLength(1_024)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** An object without members. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An array without elements. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** Reads a body, or text. */
  public static JsonNode read(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw Problem.bad("no JSON: " + e.getOriginalMessage());
    }
  }

  /** Reads a body that is an object. */
  public static ObjectNode readObject(byte[] bytes) {
    if (read(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw Problem.bad("no JSON object");
  }

  /** The bytes of {@code node}. */
  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  /** Writes JSON piece by piece. */
  public static JsonGenerator generator(OutputStream out) {
    return MAPPER.createGenerator(out);
  }

  /** What {@code parts} write, as a tree. */
  public static JsonNode tree(Consumer<JsonGenerator> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = generator(out)) {
      parts.accept(json);
    }
    return read(out.toByteArray());
  }

  /** An answer that is made while it is sent, so that no more of it is in memory than one part. */
  public static Reply.Streamed streamed(Consumer<JsonGenerator> parts) {
    return new Reply.Streamed(
        200,
        Map.of("Content-Type", "application/json"),
        -1,
        out -> {
          try (JsonGenerator json = generator(out)) {
            parts.accept(json);
          } catch (JacksonIOException e) {
            throw new IOException(e.getOriginalMessage(), e);
          }
        });
  }

  /** The text of {@code node}, on one line. */
  public static String text(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** The text of {@code node} for people. */
  public static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
  }

  /** An answer that is {@code node}. */
  public static Reply.Whole reply(JsonNode node) {
    return reply(200, node);
  }

  /** An answer that is {@code node}. */
  public static Reply.Whole reply(int status, JsonNode node) {
    return new Reply.Whole(status, Map.of("Content-Type", "application/json"), bytes(node));
  }

  /** The member {@code name} if it is there and not null. */
  public static Optional<JsonNode> member(JsonNode object, String name) {
    return object.has(name) && !object.path(name).isNull()
        ? Optional.of(object.path(name))
        : Optional.empty();
  }

  /** The text at {@code name}, if there is one. */
  public static Optional<String> text(JsonNode object, String name) {
    return member(object, name)
        .map(node -> {
          if (!node.isString()) {
            throw Problem.bad(name + " is no text");
          }
          return node.stringValue();
        });
  }

  /** The whole number at {@code name}, if there is one; a fraction is cut off. */
  public static Optional<Long> number(JsonNode object, String name) {
    return member(object, name)
        .map(node -> {
          if (!node.isNumber()) {
            throw Problem.bad(name + " is no number");
          }
          return (long) node.doubleValue();
        });
  }

  /** The number at {@code name}, if there is one. */
  public static Optional<Double> fraction(JsonNode object, String name) {
    return member(object, name)
        .map(node -> {
          if (!node.isNumber()) {
            throw Problem.bad(name + " is no number");
          }
          return node.doubleValue();
        });
  }

  /** The truth at {@code name}, if there is one; numbers but zero are true. */
  public static Optional<Boolean> flag(JsonNode object, String name) {
    return member(object, name)
        .map(node -> {
          if (node.isBoolean()) {
            return node.booleanValue();
          } else if (node.isNumber()) {
            return node.doubleValue() != 0;
          }
          throw Problem.bad(name + " is neither true nor false");
        });
  }
}
