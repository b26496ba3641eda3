package sluice.daemon.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of a query or a form. Of those that come twice the first counts. */
public final class Fields {
  /** Most parameters of a request. */
  static final int MAX_FIELDS = 256;

  private final Map<String, String> values;

  private Fields(Map<String, String> values) {
    this.values = values;
  }

  /** Those of {@code encoded}, as in a URL. */
  static Fields of(String encoded) {
    Fields fields = new Fields(new LinkedHashMap<>());
    fields.add(encoded);
    return fields;
  }

  /** Adds those of a form. */
  void add(String encoded) {
    int from = 0;
    while (from < encoded.length()) {
      int end = encoded.indexOf('&', from);
      end = end < 0 ? encoded.length() : end;
      String pair = encoded.substring(from, end);
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
      from = end + 1;
    }
  }

  /** Adds one. */
  void put(String name, String value) {
    if (values.size() >= MAX_FIELDS) {
      throw Problem.bad("more than " + MAX_FIELDS + " parameters");
    }
    values.putIfAbsent(name, value);
  }

  /** The value of {@code name}. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("a parameter is not encoded as in a URL");
    }
  }
}
