package sluice.state.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Appends numbers of variable length (7 bits a byte, lowest first), text and bytes. */
final class RecordWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

  RecordWriter number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  /** Small for numbers near zero on either side. */
  RecordWriter signed(long value) {
    return number((value << 1) ^ (value >> 63));
  }

  RecordWriter text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return number(bytes.length).raw(bytes);
  }

  RecordWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
