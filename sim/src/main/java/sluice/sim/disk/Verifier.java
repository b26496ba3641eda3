package sluice.sim.disk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;

/** Real hashing of pieces that are in memory. */
final class Verifier {
  private Verifier() {}

  /**
   * Whether {@code data}, the piece with its pads, of which {@code dataSize} count for v2, is
   * right.
   */
  static boolean isGood(byte[] data, int dataSize, PieceHash expected) {
    return expected.v1().map(hash -> hash.equals(Hash.sha1(data))).orElse(true)
        && expected
            .v2()
            .map(tree -> tree.root().equals(root(data, dataSize, tree.width())))
            .orElse(true);
  }

  private static Hash root(byte[] data, int size, int width) {
    byte[] leaves = leaves(data, size);
    return MerkleTree.root(leaves, leaves.length / Hash.SHA256_BYTES, width);
  }

  /** The SHA-256 of each started 16 KiB of the first {@code size} bytes of {@code data}. */
  static byte[] leaves(byte[] data, int size) {
    int count = (size + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
    byte[] leaves = new byte[count * Hash.SHA256_BYTES];
    MessageDigest digest = Digests.sha256();
    for (int i = 0; i < count; i++) {
      int at = i * PieceLayout.BLOCK;
      digest.update(data, at, Math.min(PieceLayout.BLOCK, size - at));
      System.arraycopy(digest.digest(), 0, leaves, i * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
    }
    return leaves;
  }

  /** A digest of each started 16 KiB of {@code data}. */
  static List<Long> digests(byte[] data) {
    List<Long> digests = new ArrayList<>();
    for (int at = 0; at < data.length; at += PieceLayout.BLOCK) {
      int end = Math.min(data.length, at + PieceLayout.BLOCK);
      byte[] hash = Digests.sha256().digest(Arrays.copyOfRange(data, at, end));
      digests.add(ByteBuffer.wrap(hash).getLong());
    }
    return digests;
  }
}
