package sluice.protocol.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * All nodes of a file's tree from one level up to the root; nodes without data are not stored.
 * Takes about 64 bytes for each node of the lowest level. Immutable.
 */
public final class MerkleLayers implements HashSource {
  private static final int SIZE = Hash.SHA256_BYTES;

  private final int lowest;
  private final int height;
  private final List<byte[]> layers;

  private MerkleLayers(int lowest, int height, List<byte[]> layers) {
    this.lowest = lowest;
    this.height = height;
    this.layers = layers;
  }

  /** The tree over all leaves of a file. */
  public static MerkleLayers ofLeaves(byte[] leaves) {
    return of(leaves, 0, MerkleTree.height(leaves.length / SIZE));
  }

  /**
   * The upper part of a tree.
   *
   * @param hashes all nodes with data of {@code level}, such as a piece layer; at least one
   * @param level where they lie
   * @param height level of the file's root
   */
  public static MerkleLayers of(byte[] hashes, int level, int height) {
    int count = hashes.length / SIZE;
    boolean fits =
        level >= 0 && height <= MerkleTree.MAX_HEIGHT && MerkleTree.height(count) + level <= height;
    if (count == 0 || hashes.length % SIZE != 0 || !fits) {
      throw new IllegalArgumentException(
          hashes.length + " bytes at level " + level + " below " + height);
    }
    List<byte[]> layers = new ArrayList<>();
    byte[] layer = hashes.clone();
    layers.add(layer);
    for (int h = level; h < height; h++) {
      layer = MerkleTree.above(layer, layer.length / SIZE, h);
      layers.add(layer);
    }
    return new MerkleLayers(level, height, List.copyOf(layers));
  }

  /** The root. */
  public Hash root() {
    return Hash.of(layers.getLast());
  }

  /** Level of the root. */
  public int height() {
    return height;
  }

  /** A copy of the nodes with data of {@code level}, concatenated. */
  public byte[] layer(int level) {
    return layers.get(level - lowest).clone();
  }

  @Override
  public Optional<Hash> hash(int level, int index) {
    if (level < lowest || level > height || index < 0 || index >= 1L << (height - level)) {
      return Optional.empty();
    }
    byte[] layer = layers.get(level - lowest);
    return Optional.of(
        index < layer.length / SIZE ? Hash.of(layer, index * SIZE, SIZE) : MerkleTree.pad(level));
  }
}
