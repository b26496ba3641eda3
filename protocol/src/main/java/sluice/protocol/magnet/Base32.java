package sluice.protocol.magnet;

import java.util.Optional;

/** Base 32 of RFC 4648 without padding, in either case. Pure. */
final class Base32 {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  /** The bytes that {@code text} stands for; empty if it has other characters. */
  static Optional<byte[]> decode(String text) {
    byte[] out = new byte[text.length() * 5 / 8];
    int bits = 0;
    int buffer = 0;
    int size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = ALPHABET.indexOf(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
      if (value < 0) {
        return Optional.empty();
      }
      buffer = (buffer << 5 | value) & 0xFFF;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out[size++] = (byte) (buffer >> bits);
      }
    }
    return Optional.of(out);
  }
}
