package sluice.daemon;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Keys and types of JSON, as paths such as {@code torrents[].name string}. */
final class Shapes {
  private Shapes() {}

  /** All paths of {@code node}; elements of arrays are taken together. */
  static Set<String> of(JsonNode node) {
    Set<String> paths = new TreeSet<>();
    add(paths, "", node);
    return paths;
  }

  private static void add(Set<String> paths, String path, JsonNode node) {
    if (node.isObject()) {
      paths.add(path + " object");
      for (var member : node.properties()) {
        add(paths, path + "." + member.getKey(), member.getValue());
      }
    } else if (node.isArray()) {
      paths.add(path + " array");
      node.forEach(element -> add(paths, path + "[]", element));
    } else {
      paths.add(path + " " + type(node));
    }
  }

  private static String type(JsonNode node) {
    return node.isNumber()
        ? "number"
        : node.isString() ? "string" : node.isBoolean() ? "boolean" : "null";
  }
}
