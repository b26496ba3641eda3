package sluice.market.wire;

import java.util.Optional;
import java.util.OptionalLong;
import sluice.market.money.Price;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** The fields of one message: each is there, of its type and in its range, or it is a violation. */
record PayReader(BDictionary root) {
  static final int MAX_TEXT_BYTES = 256;

  long number(String key, long most) {
    OptionalLong value = optional(key);
    if (value.isEmpty()) {
      throw violation(key + " is missing");
    }
    return within(key, value.getAsLong(), most);
  }

  OptionalLong optional(String key) {
    OptionalLong value = root.integer(key);
    if (value.isEmpty() && root.get(key).isPresent()) {
      throw violation(key + " is no integer");
    }
    value.ifPresent(v -> within(key, v, Long.MAX_VALUE));
    return value;
  }

  private static long within(String key, long value, long most) {
    if (value < 0 || value > most) {
      throw violation(key + " is " + value);
    }
    return value;
  }

  Price price(String key) {
    return new Price(number(key, Long.MAX_VALUE));
  }

  byte[] bytes(String key, int length) {
    return string(key, length)
        .filter(s -> s.length() == length)
        .map(BString::bytes)
        .orElseThrow(() -> violation(key + " does not have " + length + " bytes"));
  }

  Hash hash(String key) {
    return Hash.of(bytes(key, Hash.SHA256_BYTES));
  }

  PayAddress address(String key) {
    return PayAddress.of(bytes(key, PayAddress.BYTES));
  }

  PaySignature signature(String key) {
    return PaySignature.of(bytes(key, PaySignature.BYTES))
        .orElseThrow(() -> violation(key + " is no canonical signature"));
  }

  String text(String key) {
    return string(key, MAX_TEXT_BYTES)
        .map(BString::utf8)
        .orElseThrow(() -> violation(key + " is missing"));
  }

  /** The string if it is there; longer than {@code most} bytes is a violation. */
  Optional<BString> string(String key, int most) {
    Optional<BString> value = root.string(key);
    if (value.filter(s -> s.length() > most).isPresent()) {
      throw violation(key + " is longer than " + most + " bytes");
    }
    return value;
  }

  static ProtocolException violation(String detail) {
    return new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, "bwpay: " + detail);
  }
}
