package sluice.protocol.bencode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A bencoded byte string: a slice of the input that it was read from, which must not change. Its
 * order is that of unsigned bytes, as dictionary keys need it.
 */
public final class BString implements BValue, Comparable<BString> {
  private final byte[] source;
  private final int from;
  private final int to;

  /** The bytes {@code [from, to)} of {@code source}, without copying. */
  BString(byte[] source, int from, int to) {
    this.source = source;
    this.from = from;
    this.to = to;
  }

  /** A copy of {@code bytes}. */
  public static BString of(byte[] bytes) {
    return new BString(bytes.clone(), 0, bytes.length);
  }

  /** The UTF-8 form of {@code text}. */
  public static BString of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new BString(bytes, 0, bytes.length);
  }

  /** Number of bytes. */
  public int length() {
    return to - from;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return Arrays.copyOfRange(source, from, to);
  }

  /** The bytes as a read-only view. */
  public ByteBuffer view() {
    return ByteBuffer.wrap(source, from, to - from).slice().asReadOnlyBuffer();
  }

  /** The bytes as UTF-8; each malformed sequence becomes U+FFFD. */
  public String utf8() {
    return new String(source, from, to - from, UTF_8);
  }

  /** Whether the bytes are those of {@code ascii}, which has only ASCII characters. */
  public boolean is(String ascii) {
    if (ascii.length() != to - from) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (source[from + i] != (byte) ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(source, from, target, at, to - from);
  }

  @Override
  public int compareTo(BString other) {
    return Arrays.compareUnsigned(source, from, to, other.source, other.from, other.to);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof BString that
            && Arrays.equals(source, from, to, that.source, that.from, that.to));
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + source[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return utf8();
  }
}
