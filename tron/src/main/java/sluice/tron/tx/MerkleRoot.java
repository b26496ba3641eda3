package sluice.tron.tx;

import java.util.ArrayList;
import java.util.List;
import sluice.protocol.digest.Hash;

/** The hash in a block's header over its transactions. No state. */
public final class MerkleRoot {
  private MerkleRoot() {}

  /** The root over the hashes of transactions; one without a neighbour goes up as it is. */
  public static Hash of(List<Hash> leaves) {
    List<Hash> level = leaves.isEmpty() ? List.of(Hash.of(new byte[Hash.SHA256_BYTES])) : leaves;
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(i + 1 < level.size() ? both(level.get(i), level.get(i + 1)) : level.get(i));
      }
      level = above;
    }
    return level.getFirst();
  }

  private static Hash both(Hash left, Hash right) {
    byte[] bytes = new byte[2 * Hash.SHA256_BYTES];
    System.arraycopy(left.bytes(), 0, bytes, 0, Hash.SHA256_BYTES);
    System.arraycopy(right.bytes(), 0, bytes, Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    return Hash.sha256(bytes);
  }
}
