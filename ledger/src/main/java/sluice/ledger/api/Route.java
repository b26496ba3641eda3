package sluice.ledger.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the API.
 *
 * @param template its path; parts in braces vary
 * @param members of the body of a change
 */
record Route(String method, String template, List<String> members, Handler handler) {
  static Route open(String template, Handler.Open handler) {
    return new Route("GET", template, List.of(), handler);
  }

  static Route read(String template, Handler.Read handler) {
    return new Route("GET", template, List.of(), handler);
  }

  static Route once(String template, List<String> members, Handler.Once handler) {
    return new Route("POST", template, members, handler);
  }

  /** The values of the parts that vary; empty if {@code path} is another one. */
  Optional<Map<String, String>> match(String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      String part = wanted[i];
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), given[i]);
      } else if (!part.equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** How metrics name it. */
  String name() {
    return method + " " + template;
  }
}
