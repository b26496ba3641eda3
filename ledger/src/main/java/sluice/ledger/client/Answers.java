package sluice.ledger.client;

import java.io.IOException;
import java.time.Instant;
import java.util.OptionalLong;
import sluice.ledger.book.Digits;
import tools.jackson.databind.JsonNode;

/** Members of a hub's answers, read strictly: what is none of its kind is no answer. */
final class Answers {
  private static final OptionalLong NONE = OptionalLong.empty();

  private Answers() {}

  /** An amount or a number of the books, which is a string of digits. */
  static long micros(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    OptionalLong micros = value.isString() ? Digits.parse(value.stringValue()) : NONE;
    return micros.orElseThrow(() -> none(name));
  }

  /** A change of an amount, which may be below zero. */
  static long change(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    OptionalLong micros = value.isString() ? Digits.parseChange(value.stringValue()) : NONE;
    return micros.orElseThrow(() -> none(name));
  }

  /** A point of time, which is a number. */
  static long seconds(JsonNode json, String name) throws IOException {
    long seconds = count(json, name);
    if (seconds > Instant.MAX.getEpochSecond()) {
      throw none(name);
    }
    return seconds;
  }

  /** A number of 0 or more. */
  static long count(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw none(name);
    }
    return value.longValue();
  }

  static String text(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isString()) {
      throw none(name);
    }
    return value.stringValue();
  }

  static JsonNode list(JsonNode json, String name) throws IOException {
    JsonNode value = json.path(name);
    if (!value.isArray()) {
      throw none(name);
    }
    return value;
  }

  private static IOException none(String name) {
    return new IOException("the hub's answer has no '" + name + "'");
  }
}
