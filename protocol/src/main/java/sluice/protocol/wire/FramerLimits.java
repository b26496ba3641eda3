package sluice.protocol.wire;

import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Sizes beyond which a received message is refused before it is stored.
 *
 * @param messageBytes any message but a block
 * @param extendedBytes an extension message (BEP 10), its two ids included
 */
public record FramerLimits(int messageBytes, int extendedBytes) {
  /** Largest payload of a block: some old clients ask for and send 128 KiB. */
  public static final int BLOCK_BYTES = 8 * PieceLayout.BLOCK;

  /** Most hashes of one message: 512 and the proof of the tallest tree. */
  public static final int HASHES = 512 + 64;

  /** 1 MiB for both. */
  public static final FramerLimits DEFAULT = new FramerLimits(1 << 20, 1 << 20);

  static final int HASHES_BYTES = HASHES * Hash.SHA256_BYTES;

  public FramerLimits {
    if (messageBytes < HASHES_BYTES + 64 || extendedBytes < 2 || extendedBytes > messageBytes) {
      throw new IllegalArgumentException("limits: " + messageBytes + ", " + extendedBytes);
    }
  }
}
