package sluice.engine.hash;

import java.util.LinkedHashMap;
import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashSource;
import sluice.protocol.merkle.MerkleLayers;
import sluice.protocol.merkle.MerkleTree;

/**
 * The nodes from the piece layer up to the root, for the trees that were asked for last. Loop only.
 */
final class Uppers {
  /** Trees that are kept. */
  static final int MAX_TREES = 64;

  private final HashBook book;
  private final LinkedHashMap<Hash, HashSource> trees = new LinkedHashMap<>(16, 0.75f, true);

  Uppers(HashBook book) {
    this.book = book;
  }

  /** The nodes of the tree of {@code shape}, if its piece layer is complete. */
  Optional<HashSource> of(TreeShape shape) {
    HashSource kept = trees.get(shape.root());
    if (kept != null) {
      return Optional.of(kept);
    }
    Optional<Layer> layer = book.layer(shape.root());
    if (layer.isEmpty()) {
      return Optional.of((level, index) -> single(shape, level, index));
    }
    if (!layer.get().isComplete()) {
      return Optional.empty();
    }
    HashSource made = build(layer.get());
    trees.put(shape.root(), made);
    if (trees.size() > MAX_TREES) {
      trees.remove(trees.keySet().iterator().next());
    }
    return Optional.of(made);
  }

  private static Optional<Hash> single(TreeShape shape, int level, int index) {
    return level == shape.height() && index == 0 ? Optional.of(shape.root()) : Optional.empty();
  }

  /** The piece layer itself is in the book; what is above it is kept here. */
  private static HashSource build(Layer layer) {
    TreeShape shape = layer.shape();
    int above = shape.pieceLevel() + 1;
    byte[] parents = MerkleTree.above(layer.whole().bytes(), shape.pieces(), shape.pieceLevel());
    MerkleLayers upper = MerkleLayers.of(parents, above, shape.height());
    return (level, index) -> {
      if (level != shape.pieceLevel()) {
        return upper.hash(level, index);
      }
      return Optional.of(
          index < shape.pieces() ? layer.hash(index) : MerkleTree.pad(shape.pieceLevel()));
    };
  }
}
