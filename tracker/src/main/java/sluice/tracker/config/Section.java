package sluice.tracker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A table of the file. Keys that are read are known; {@link #finish} complains of all others. One
 * thread.
 */
final class Section {
  private final String path;
  private final JsonNode node;
  private final Map<String, Section> read = new TreeMap<>();

  Section(String path, JsonNode node) {
    this.path = path;
    this.node = node;
  }

  private Optional<JsonNode> value(String key) {
    read.putIfAbsent(key, this);
    return Optional.ofNullable(node.get(key));
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Section section(String key) throws ConfigProblem {
    JsonNode child = value(key).orElseGet(JsonNodeFactory.instance::objectNode);
    if (!child.isObject()) {
      throw new ConfigProblem(name(key) + " is a table: write [" + name(key) + "]");
    }
    Section section = new Section(name(key), child);
    read.put(key, section);
    return section;
  }

  int integer(String key, int otherwise) throws ConfigProblem {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.get().isInt()) {
      throw new ConfigProblem(name(key) + " is a whole number");
    }
    return value.get().intValue();
  }

  boolean flag(String key) throws ConfigProblem {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw new ConfigProblem(name(key) + " is true or false");
    }
    return value.isPresent() && value.get().booleanValue();
  }

  String text(String key, String otherwise) throws ConfigProblem {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.get().isString()) {
      throw new ConfigProblem(name(key) + " is text in quotes");
    }
    return value.get().stringValue();
  }

  List<String> texts(String key) throws ConfigProblem {
    Optional<JsonNode> value = value(key);
    List<String> texts = new ArrayList<>();
    if (value.isEmpty()) {
      return texts;
    }
    if (value.get().isString()) {
      return List.of(value.get().stringValue());
    }
    boolean legal = value.get().isArray();
    for (JsonNode item : value.get()) {
      legal &= item.isString();
      texts.add(item.asString(""));
    }
    if (!legal) {
      throw new ConfigProblem(name(key) + " is a list of texts in quotes");
    }
    return texts;
  }

  /** Fails on the first key, here or below, that nobody has read. */
  void finish() throws ConfigProblem {
    for (String key : node.propertyNames()) {
      if (!read.containsKey(key)) {
        throw new ConfigProblem(
            "unknown key " + name(key) + "; the nearest known key is " + name(nearest(key)));
      }
    }
    for (Section section : read.values()) {
      if (section != this) {
        section.finish();
      }
    }
  }

  private String nearest(String key) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (String known : read.keySet()) {
      int distance = distance(key, known);
      if (distance < least) {
        least = distance;
        best = known;
      }
    }
    return best;
  }

  /** How many letters must be put in, taken out or changed (Levenshtein). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
