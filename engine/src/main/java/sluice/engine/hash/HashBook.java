package sluice.engine.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.Info;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayer;

/**
 * What each piece of a torrent must hash to, as far as it is known: piece layers that the torrent
 * file lacks are filled in by ranges. Loop only, except that any thread may ask for {@link
 * #expected} of a piece that was known when it was told of it.
 *
 * <p>What is known never changes. A piece of a hybrid is known by its v1 hash, and by both once its
 * layer is there.
 */
public final class HashBook implements IntFunction<PieceHash> {
  private final Info info;
  private final int[] firstPieces;
  private final int[] lastPieces;
  private final TreeShape[] shapes;
  private final @Nullable Layer[] layers;
  private final Map<Hash, Layer> byRoot = new LinkedHashMap<>();
  private int incomplete;

  /**
   * A piece in the tree of its file.
   *
   * @param shape the tree
   * @param index the piece, counted in the file
   * @param hash what the piece's blocks must lead to
   */
  record Spot(TreeShape shape, int index, Hash hash) {}

  /** The hashes that {@code torrent} brings. */
  public HashBook(Metainfo torrent) {
    info = torrent.info();
    int pieceLength = info.layout().pieceLength();
    FileEntry[] files =
        info.files().stream()
            .filter(f -> f.hasData() && f.piecesRoot().isPresent())
            .toArray(FileEntry[]::new);
    firstPieces = new int[files.length];
    lastPieces = new int[files.length];
    shapes = new TreeShape[files.length];
    layers = new Layer[files.length];
    for (int i = 0; i < files.length; i++) {
      firstPieces[i] = info.layout().firstPiece(files[i]);
      lastPieces[i] = info.layout().lastPiece(files[i]);
      TreeShape shape = TreeShape.of(files[i], pieceLength);
      shapes[i] = shape;
      if (shape.pieces() > 1) {
        Optional<PieceLayer> given = Optional.ofNullable(torrent.pieceLayers().get(shape.root()));
        layers[i] = byRoot.computeIfAbsent(shape.root(), r -> new Layer(shape, given));
      }
    }
    incomplete = (int) byRoot.values().stream().filter(layer -> !layer.isComplete()).count();
  }

  /** Whether every piece layer is there. */
  public boolean isComplete() {
    return incomplete == 0;
  }

  /** Whether it is known what {@code piece} must hash to. */
  public boolean isKnown(int piece) {
    if (info.hasV1()) {
      return true;
    }
    int i = file(piece);
    return i >= 0 && knows(i, piece);
  }

  /** The pieces that are known. */
  public BitSet known() {
    BitSet known = new BitSet(info.layout().pieceCount());
    for (int i = 0; i < info.layout().pieceCount(); i++) {
      known.set(i, isKnown(i));
    }
    return known;
  }

  /** What {@code piece}, which is known, must hash to. */
  public PieceHash expected(int piece) {
    int i = file(piece);
    Optional<PieceHash.V2> v2 =
        i >= 0 && knows(i, piece)
            ? Optional.of(new PieceHash.V2(hash(i, piece), shapes[i].width()))
            : Optional.empty();
    Optional<Hash> v1 = info.v1Hash(piece);
    if (v1.isEmpty() && v2.isEmpty()) {
      throw new IllegalStateException("the hash of piece " + piece + " is not known");
    }
    return new PieceHash(v1, v2);
  }

  /** The same as {@link #expected}. */
  @Override
  public PieceHash apply(int piece) {
    return expected(piece);
  }

  /** All layers, for those who keep them; they are complete. */
  public Map<Hash, PieceLayer> wholeLayers() {
    Map<Hash, PieceLayer> whole = new LinkedHashMap<>();
    byRoot.forEach((root, layer) -> whole.put(root, layer.whole()));
    return Collections.unmodifiableMap(whole);
  }

  /** The layers of which something is missing. */
  List<Layer> incompleteLayers() {
    return incomplete == 0
        ? List.of()
        : byRoot.values().stream().filter(layer -> !layer.isComplete()).toList();
  }

  /** Takes in a range that was proved; gives the pieces whose v2 hash is known by it. */
  BitSet put(Layer layer, int range, byte[] hashes) {
    boolean wasComplete = layer.isComplete();
    layer.put(range, hashes);
    if (!wasComplete && layer.isComplete()) {
      incomplete--;
    }
    BitSet pieces = new BitSet();
    for (int i = 0; i < layers.length; i++) {
      if (layers[i] == layer) {
        pieces.set(firstPieces[i] + layer.firstOf(range), firstPieces[i] + layer.endOf(range));
      }
    }
    return pieces;
  }

  /** Where {@code piece} is in the tree of its file, if it has one and its hash is known. */
  Optional<Spot> spot(int piece) {
    int i = file(piece);
    return i >= 0 && knows(i, piece)
        ? Optional.of(new Spot(shapes[i], piece - firstPieces[i], hash(i, piece)))
        : Optional.empty();
  }

  /** The tree with {@code root}, if there is one. */
  Optional<TreeShape> shape(Hash root) {
    Layer layer = byRoot.get(root);
    return layer != null
        ? Optional.of(layer.shape())
        : Arrays.stream(shapes).filter(s -> s.root().equals(root)).findFirst();
  }

  /** The layer of {@code root}, if that is of a file with several pieces. */
  Optional<Layer> layer(Hash root) {
    return Optional.ofNullable(byRoot.get(root));
  }

  /** The first pieces of the files with {@code root}. */
  List<Integer> places(Hash root) {
    List<Integer> places = new ArrayList<>(1);
    for (int i = 0; i < shapes.length; i++) {
      if (shapes[i].root().equals(root)) {
        places.add(firstPieces[i]);
      }
    }
    return places;
  }

  private boolean knows(int file, int piece) {
    Layer layer = layers[file];
    return layer == null || layer.knows(piece - firstPieces[file]);
  }

  private Hash hash(int file, int piece) {
    Layer layer = layers[file];
    return layer == null ? shapes[file].root() : layer.hash(piece - firstPieces[file]);
  }

  /** Index of the file with a tree that {@code piece} is of, or -1. */
  private int file(int piece) {
    int found = Arrays.binarySearch(firstPieces, piece);
    int i = found >= 0 ? found : -found - 2;
    return i >= 0 && piece <= lastPieces[i] ? i : -1;
  }
}
