package sluice.cli.remote;

import java.util.List;
import java.util.Map;
import sluice.cli.text.JsonReader;

/**
 * An object of the daemon's API. What is not there, or is something else, is empty, zero or false:
 * a daemon of another version may know less.
 */
public record Fields(Map<String, Object> members) {
  /** The object that {@code json} is; nothing for an empty text. */
  public static Fields read(String json) {
    return json.isBlank() ? new Fields(Map.of()) : of(JsonReader.read(json));
  }

  private static Fields of(Object value) {
    Map<String, Object> members = new java.util.LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> {
        if (name instanceof String text && member != null) {
          members.put(text, member);
        }
      });
    }
    return new Fields(members);
  }

  /** Whether it is there. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** A text. */
  public String text(String name) {
    return members.get(name) instanceof String text ? text : "";
  }

  /** A whole number. */
  public long number(String name) {
    return members.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** A number. */
  public double fraction(String name) {
    return members.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** A yes or no. */
  public boolean flag(String name) {
    return members.get(name) instanceof Boolean flag && flag;
  }

  /** Objects in an array. */
  public List<Fields> objects(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(Fields::of).toList()
        : List.of();
  }

  /** Texts in an array. */
  public List<String> texts(String name) {
    return members.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }
}
