package sluice.client.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import sluice.protocol.text.Shown;

/** A line of a name, plain words and settings such as {@code up=2M}; each setting is used once. */
final class Words {
  private static final int MAX_CHARS = 2_000;
  private static final int MAX_SHOWN = 60;

  private final String line;
  private final String name;
  private final List<String> plain = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();

  Words(String line) {
    this.line = line;
    if (line.length() > MAX_CHARS || line.isBlank()) {
      throw wrong("a name is missing, or it is too long");
    }
    List<String> words = List.of(line.strip().split("\\s+"));
    name = words.getFirst();
    if (name.indexOf('=') >= 0) {
      throw wrong("it begins with a name");
    }
    for (String word : words.subList(1, words.size())) {
      int sign = word.indexOf('=');
      if (sign < 0) {
        plain.add(word);
      } else if (settings.put(word.substring(0, sign), word.substring(sign + 1)) != null) {
        throw wrong(word.substring(0, sign) + " is said twice");
      }
    }
  }

  String name() {
    return name;
  }

  /** The words behind the name that are no settings, in order. */
  List<String> plain() {
    return List.copyOf(plain);
  }

  /** Whether {@code word} is there; it counts as used. */
  boolean take(String word) {
    return plain.remove(word);
  }

  /** The setting {@code key} as {@code read} understands it; it counts as used. */
  Optional<Long> take(String key, ToLongFunction<String> read) {
    return Optional.ofNullable(settings.remove(key)).map(read::applyAsLong);
  }

  /** The names of the settings that are not used yet. */
  Set<String> left() {
    return Set.copyOf(settings.keySet());
  }

  /** What was not used cannot be meant. */
  void requireEnd() {
    plain.stream().findFirst().ifPresent(word -> unknown(word));
    settings.keySet().stream().findFirst().ifPresent(key -> unknown(key + "="));
  }

  private void unknown(String word) {
    throw wrong("'" + Shown.text(word, MAX_SHOWN) + "' has no meaning here");
  }

  IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException("'" + Shown.text(line, MAX_SHOWN) + "': " + why);
  }

  /** A whole number. */
  static long number(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "'" + Shown.text(text, MAX_SHOWN) + "' is no whole number");
    }
    return Long.parseLong(text);
  }
}
