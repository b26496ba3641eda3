package sluice.market.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import sluice.protocol.digest.Hash;

/** A structure in the making, as EIP-712 hashes it: the type's hash and words of 32 bytes. */
final class TypedData {
  private static final int WORD = 32;
  private static final byte[] PREFIX = {0x19, 0x01};

  private final ByteArrayOutputStream words = new ByteArrayOutputStream();

  /** A structure without a type: its words only. */
  TypedData() {}

  /** A structure of {@code type}, which names its members. */
  TypedData(String type) {
    words.writeBytes(typeHash(type).bytes());
  }

  static Hash typeHash(String type) {
    return Keccak.of(type.getBytes(US_ASCII));
  }

  TypedData bytes32(Hash value) {
    words.writeBytes(value.bytes());
    return this;
  }

  TypedData address(PayAddress value) {
    words.writeBytes(new byte[WORD - PayAddress.BYTES]);
    words.writeBytes(value.bytes().bytes());
    return this;
  }

  /** A number that is not negative. */
  TypedData uint(long value) {
    byte[] word = new byte[WORD];
    PaySignature.put(BigInteger.valueOf(value), word, 0);
    words.writeBytes(word);
    return this;
  }

  TypedData string(String value) {
    return bytes32(Keccak.of(value.getBytes(UTF_8)));
  }

  /** Fewer than 32 bytes, filled up on the right. */
  TypedData bytesRight(byte[] value) {
    words.writeBytes(value);
    words.writeBytes(new byte[WORD - value.length]);
    return this;
  }

  byte[] encoded() {
    return words.toByteArray();
  }

  Hash hash() {
    return Keccak.of(encoded());
  }

  /** What is signed. */
  Hash digest(Hash domainSeparator) {
    return Keccak.of(PREFIX, domainSeparator.bytes(), hash().bytes());
  }
}
