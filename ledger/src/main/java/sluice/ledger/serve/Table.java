package sluice.ledger.serve;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads values of a table of a configuration file; each problem names the key. */
record Table(JsonNode node) {
  /** A text that may be left out. */
  Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return Optional.empty();
    } else if (!value.isString()) {
      throw new IllegalArgumentException(key + " is a text in quotes");
    }
    return Optional.of(value.stringValue());
  }

  /** A number that is not negative; {@code usual} if it is left out. */
  long number(String key, long usual) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return usual;
    } else if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new IllegalArgumentException(key + " is a number that is not negative");
    }
    return value.longValue();
  }

  /** The same where an int has to do. */
  int integer(String key, int usual) {
    long value = number(key, usual);
    if (value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(key + " is too large");
    }
    return (int) value;
  }
}
