package sluice.ledger.api;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import sluice.ledger.book.Digits;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.protocol.digest.Hash;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object of a request: only the members that belong there, each a string. */
final class Body {
  static final int MAX_BYTES = 4_096;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(4)
                          .maxStringLength(1_024)
                          .maxNameLength(64)
                          .maxNumberLength(32)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** No members. */
  static final Body EMPTY = new Body(MAPPER.createObjectNode());

  private final JsonNode root;

  private Body(JsonNode root) {
    this.root = root;
  }

  /** Reads an object that has these members and no others. */
  static Body read(byte[] bytes, List<String> members) {
    if (bytes.length > MAX_BYTES) {
      throw new ApiProblem(413, "TOO_LARGE", "a body has at most " + MAX_BYTES + " bytes");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw bad("the body is no JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw bad("the body is no JSON object");
    }
    Set<String> names = new TreeSet<>(root.propertyNames());
    Set<String> wanted = new TreeSet<>(members);
    if (!names.equals(wanted)) {
      throw bad("the body has the members " + names + ", not " + wanted);
    }
    return new Body(root);
  }

  String text(String name) {
    JsonNode value = root.get(name);
    if (value == null || !value.isString()) {
      throw bad(name + " is no string");
    }
    return value.stringValue();
  }

  /** A string of digits, without sign or leading zeroes, below 2^63. */
  long amount(String name) {
    return amount(name, text(name));
  }

  static long amount(String name, String text) {
    return Digits.parse(text)
        .orElseThrow(() -> bad(name + " is no amount: digits only, below 2^63"));
  }

  PayAddress address(String name) {
    return address(name, text(name));
  }

  static PayAddress address(String name, String text) {
    return PayAddress.of(hex(name, text, PayAddress.BYTES));
  }

  static Hash hash(String name, String text) {
    return Hash.of(hex(name, text, Hash.SHA256_BYTES));
  }

  PaySignature signature(String name) {
    return signature(name, text(name));
  }

  static PaySignature signature(String name, String text) {
    return PaySignature.of(hex(name, text, PaySignature.BYTES))
        .orElseThrow(() -> bad(name + " is no canonical signature"));
  }

  private static byte[] hex(String name, String text, int bytes) {
    try {
      byte[] value = HexFormat.of().parseHex(text);
      if (value.length == bytes) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw bad(name + " is not in hexadecimal digits");
    }
    throw bad(name + " has not " + bytes + " bytes");
  }

  static ApiProblem bad(String detail) {
    return new ApiProblem(400, "BAD_REQUEST", detail);
  }
}
