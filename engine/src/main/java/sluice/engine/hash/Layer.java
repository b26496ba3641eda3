package sluice.engine.hash;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.metainfo.PieceLayer;

/**
 * The piece layer of one pieces root: given by the torrent file, or fetched in ranges of at most
 * {@link HashRange#MAX_LENGTH} hashes. A range that is known never changes, so that any thread may
 * read the hashes of which it was told; the rest is for the loop.
 */
final class Layer {
  private static final int SIZE = Hash.SHA256_BYTES;

  private final TreeShape shape;
  private final Optional<PieceLayer> given;
  private final int rangeLength;
  private final byte[] @Nullable [] ranges;
  private int missing;

  Layer(TreeShape shape, Optional<PieceLayer> given) {
    this.shape = shape;
    this.given = given;
    rangeLength = Math.min(HashRange.MAX_LENGTH, 1 << (shape.height() - shape.pieceLevel()));
    ranges = new byte[given.isPresent() ? 0 : Math.ceilDiv(shape.pieces(), rangeLength)][];
    missing = ranges.length;
  }

  TreeShape shape() {
    return shape;
  }

  boolean isComplete() {
    return missing == 0;
  }

  int rangeCount() {
    return ranges.length;
  }

  boolean hasRange(int range) {
    return ranges[range] != null;
  }

  /** What to ask for to get {@code range}, with the whole proof. */
  HashRange request(int range) {
    return HashRange.proven(shape.pieceLevel(), range * rangeLength, rangeLength, shape.height());
  }

  /** First piece of {@code range}, counted in the file. */
  int firstOf(int range) {
    return range * rangeLength;
  }

  /** The piece behind the last one of {@code range}. */
  int endOf(int range) {
    return Math.min(shape.pieces(), (range + 1) * rangeLength);
  }

  /** Whether the hash of the file's {@code index}-th piece is known. */
  boolean knows(int index) {
    return given.isPresent() || ranges[index / rangeLength] != null;
  }

  /** The hash of the file's {@code index}-th piece, which is known. */
  Hash hash(int index) {
    if (given.isPresent()) {
      return given.get().hash(index);
    }
    byte[] hashes = ranges[index / rangeLength];
    if (hashes == null) {
      throw new IllegalStateException("the hash of piece " + index + " is not known");
    }
    return Hash.of(hashes, index % rangeLength * SIZE, SIZE);
  }

  /** Takes in a range that was proved; {@code hashes} has at least those of its pieces. */
  void put(int range, byte[] hashes) {
    if (ranges[range] == null) {
      ranges[range] = Arrays.copyOf(hashes, (endOf(range) - firstOf(range)) * SIZE);
      missing--;
    }
  }

  /** The whole layer, which is complete. */
  PieceLayer whole() {
    if (given.isPresent()) {
      return given.get();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(shape.pieces() * SIZE);
    for (byte[] hashes : ranges) {
      if (hashes == null) {
        throw new IllegalStateException("the layer is not complete");
      }
      out.writeBytes(hashes);
    }
    return new PieceLayer(out.toByteArray());
  }
}
