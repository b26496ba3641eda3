package sluice.state.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link RecordWriter} wrote, and refuses all else before it allocates. */
final class RecordReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  RecordReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  RecordReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  boolean isAtEnd() {
    return at == end;
  }

  int left() {
    return end - at;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new RecordException("the record ends in a number");
      }
      byte next = bytes[at++];
      if ((shift == 63 && (next & 0xfe) != 0) || (shift > 0 && next == 0)) {
        throw new RecordException("a number is longer than it needs");
      }
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new RecordException("a number of more than 64 bits");
  }

  /** A number from 0 to {@code max}. */
  int bounded(int max) {
    return (int) bounded((long) max);
  }

  /** A number from 0 to {@code max}. */
  long bounded(long max) {
    long value = number();
    if (value < 0 || value > max) {
      throw new RecordException(Long.toUnsignedString(value) + " is more than " + max);
    }
    return value;
  }

  long signed() {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  String text(int maxChars) {
    int length = bounded(maxChars * 3);
    if (length > left()) {
      throw new RecordException("text of " + length + " bytes where " + left() + " are left");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      if (text.length() > maxChars) {
        throw new RecordException("text of " + text.length() + " characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw (RecordException) new RecordException("text is not UTF-8").initCause(e);
    }
  }

  byte[] raw(int length) {
    if (length > left()) {
      throw new RecordException(length + " bytes where " + left() + " are left");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  void end() {
    if (at != end) {
      throw new RecordException(left() + " bytes too many");
    }
  }
}
