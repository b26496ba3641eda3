package sluice.tron.tx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import sluice.protocol.digest.Hash;

/**
 * The block that a transaction refers to, so that it counts on its chain only (TAPOS).
 *
 * @param id of the block; begins with its height
 */
public record BlockRef(Hash id) {
  private static final int HEIGHT_BYTES = 8;
  private static final int HASH_BYTES = 8;

  /** The block's height. */
  public long height() {
    return height(id);
  }

  /** The height that the id of a block begins with. */
  public static long height(Hash id) {
    return ByteBuffer.wrap(id.bytes()).getLong();
  }

  /** The id of a block: its height, and the rest of the SHA-256 of its header's raw data. */
  public static Hash idOf(long height, byte[] rawHeader) {
    byte[] id = Hash.sha256(rawHeader).bytes();
    ByteBuffer.wrap(id).putLong(height);
    return Hash.of(id);
  }

  /** The last two bytes of the height. */
  public byte[] bytes() {
    return Arrays.copyOfRange(id.bytes(), HEIGHT_BYTES - 2, HEIGHT_BYTES);
  }

  /** The first eight bytes behind the height. */
  public byte[] hash() {
    return Arrays.copyOfRange(id.bytes(), HEIGHT_BYTES, HEIGHT_BYTES + HASH_BYTES);
  }
}
