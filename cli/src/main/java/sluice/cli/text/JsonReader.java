package sluice.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON (RFC 8259) into maps, lists, strings, booleans, longs and doubles. What is {@code
 * null} is left out. The parser alone is a tenth of the classes that a binding of objects loads.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 32;
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonReader() {}

  /** The value that {@code text} is; an {@link IllegalArgumentException} if it is none. */
  public static Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      Optional<Object> value = value(parser, 0);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("there is more than one value");
      }
      return value.orElseThrow(() -> new IllegalArgumentException("null is no value"));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Optional<Object> value(JsonParser parser, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("deeper than " + MAX_DEPTH + " values in each other");
    }
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IllegalArgumentException("there is no value");
    }
    return switch (token) {
      case START_OBJECT -> Optional.of(object(parser, depth));
      case START_ARRAY -> Optional.of(array(parser, depth));
      case VALUE_STRING -> Optional.of(parser.getString());
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_NUMBER_INT -> Optional.of(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> Optional.of(parser.getDoubleValue());
      case VALUE_NULL -> Optional.empty();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalArgumentException("no value: " + token);
    };
  }

  private static Map<String, Object> object(JsonParser parser, int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      value(parser, depth + 1).ifPresent(value -> members.put(name, value));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser, int depth) {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(parser, depth + 1).ifPresent(elements::add);
    }
    return elements;
  }
}
