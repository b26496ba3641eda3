package sluice.engine.hash;

import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.MerkleTree;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The measures of the tree of one file.
 *
 * @param root the pieces root
 * @param pieces of the file
 * @param height level of the root
 * @param pieceLevel level of the pieces' hashes; the root's if the file has one piece
 */
record TreeShape(Hash root, int pieces, int height, int pieceLevel) {

  /** The tree of {@code file}, which has data and a pieces root. */
  static TreeShape of(FileEntry file, int pieceLength) {
    int blocks = Math.toIntExact(Math.ceilDiv(file.length(), PieceLayout.BLOCK));
    int pieces = Math.toIntExact(Math.ceilDiv(file.length(), pieceLength));
    int height = MerkleTree.height(blocks);
    int level = pieces == 1 ? height : MerkleTree.height(pieceLength / PieceLayout.BLOCK);
    return new TreeShape(file.piecesRoot().orElseThrow(), pieces, height, level);
  }

  /** Leaves under the hash of a piece. */
  int width() {
    return 1 << pieceLevel;
  }
}
