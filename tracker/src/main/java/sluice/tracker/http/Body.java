package sluice.tracker.http;

import java.nio.ByteBuffer;

/** Bencoding into memory that is used again for each answer of a loop. One thread. */
final class Body {
  private final byte[] bytes;
  private final byte[] digits = new byte[20];
  private int size;

  Body(int maxBytes) {
    bytes = new byte[maxBytes];
  }

  Body clear() {
    size = 0;
    return this;
  }

  int size() {
    return size;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Text as it is. */
  Body raw(byte[] text) {
    System.arraycopy(text, 0, bytes, size, text.length);
    size += text.length;
    return this;
  }

  Body raw(char c) {
    bytes[size++] = (byte) c;
    return this;
  }

  /** A number in decimal. */
  Body decimal(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("counts are not negative: " + value);
    }
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    System.arraycopy(digits, at, bytes, size, digits.length - at);
    size += digits.length - at;
    return this;
  }

  /** A bencoded integer. */
  Body integer(long value) {
    return raw('i').decimal(value).raw('e');
  }

  /** A bencoded string of bytes [{@code from}, {@code from + length}) of {@code source}. */
  Body string(ByteBuffer source, int from, int length) {
    decimal(length).raw(':');
    source.get(from, bytes, size, length);
    size += length;
    return this;
  }

  /** A bencoded string. */
  Body string(byte[] text) {
    return decimal(text.length).raw(':').raw(text);
  }
}
