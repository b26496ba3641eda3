package sluice.state.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import sluice.state.fault.StateException;

/**
 * The CRC-32C of a row: its columns in order, numbers as 8 bytes, the rest as length and bytes.
 * SQLite notices that a page makes no sense, but not that a number or a name in it was changed.
 * Reused; one thread.
 */
final class Crc {
  private static final int NULL_LENGTH = -1;

  private final CRC32C crc = new CRC32C();
  private final byte[] number = new byte[Long.BYTES];

  Crc begin() {
    crc.reset();
    return this;
  }

  Crc add(long value) {
    for (int i = 0; i < Long.BYTES; i++) {
      number[i] = (byte) (value >>> (i << 3));
    }
    crc.update(number, 0, Long.BYTES);
    return this;
  }

  Crc add(byte @Nullable [] bytes) {
    if (bytes == null) {
      return add(NULL_LENGTH);
    }
    add(bytes.length);
    crc.update(bytes, 0, bytes.length);
    return this;
  }

  Crc add(String text) {
    return add(text.getBytes(UTF_8));
  }

  long value() {
    return crc.getValue();
  }

  void check(long stored, String table, Object key) {
    if (stored != value()) {
      throw new StateException(
          StateException.Kind.DAMAGED, "row " + key + " of table " + table + " was changed");
    }
  }
}
