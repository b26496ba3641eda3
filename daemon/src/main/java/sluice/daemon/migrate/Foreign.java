package sluice.daemon.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;

/** A dictionary that another program wrote; what it lacks or has otherwise is as usual. */
record Foreign(BDictionary fields) {
  /** Longest file that is read. */
  static final int MAX_BYTES = 10_000_000;

  /** Longest text that is taken over. */
  private static final int MAX_CHARS = 4_096;

  private static final long MAX_SECONDS = Duration.ofDays(36_500).toSeconds();

  static Foreign parse(byte[] bytes) throws ForeignException {
    if (bytes.length > MAX_BYTES) {
      throw new ForeignException("the file is too long");
    }
    try {
      if (Bencode.parseLenient(bytes, BencodeLimits.FILE).value() instanceof BDictionary fields) {
        return new Foreign(fields);
      }
      throw new ForeignException("no dictionary");
    } catch (BencodeException e) {
      throw new ForeignException("not bencoded: " + e.getMessage());
    }
  }

  /** A text; empty if there is none. */
  String text(String key) {
    return fields.string(key).map(BString::utf8).filter(t -> t.length() <= MAX_CHARS).orElse("");
  }

  long number(String key, long usual) {
    return fields.integer(key).orElse(usual);
  }

  /** A number that is not negative. */
  long count(String key) {
    return Math.max(0, number(key, 0));
  }

  boolean flag(String key) {
    return number(key, 0) != 0;
  }

  Duration seconds(String key) {
    return Duration.ofSeconds(Math.min(MAX_SECONDS, count(key)));
  }

  /** A time in seconds since 1970; 0 means that there is none. */
  Optional<Instant> time(String key) {
    long seconds = count(key);
    return seconds == 0 || seconds > MAX_SECONDS
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds));
  }

  Optional<byte[]> bytes(String key) {
    return fields.string(key).map(BString::bytes);
  }

  Foreign dictionary(String key) {
    return new Foreign(fields.dictionary(key).orElseGet(() -> BDictionary.builder().build()));
  }

  List<BValue> list(String key) {
    return fields.list(key).map(BList::items).orElse(List.of());
  }

  List<String> texts(String key) {
    return texts(list(key));
  }

  List<Long> numbers(String key) {
    List<Long> numbers = new ArrayList<>();
    for (BValue value : list(key)) {
      numbers.add(value instanceof BInteger number ? number.value() : 0L);
    }
    return numbers;
  }

  static List<String> texts(List<BValue> values) {
    List<String> texts = new ArrayList<>();
    for (BValue value : values) {
      String text = value instanceof BString string ? string.utf8() : "";
      texts.add(text.length() > MAX_CHARS ? "" : text);
    }
    return texts;
  }
}
