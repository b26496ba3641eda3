package sluice.protocol.merkle;

import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * What a piece must hash to. At least one part is there; a hybrid has both and both must hold.
 *
 * @param v1 SHA-1 over the piece with its pads
 * @param v2 root over the piece's 16 KiB leaves
 */
public record PieceHash(Optional<Hash> v1, Optional<V2> v2) {

  /**
   * The v2 part.
   *
   * @param root SHA-256 root of the piece's subtree
   * @param width leaves of that subtree, a power of two; leaves without data are zero hashes. Equal
   *     to blocks per piece, or less when the whole file is shorter than a piece
   */
  public record V2(Hash root, int width) {}
}
