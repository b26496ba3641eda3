package sluice.protocol.metainfo;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoException.Reason;

/**
 * Reads and checks {@code piece layers} (BEP 52). They lie outside the info dictionary, so nothing
 * vouches for them but the pieces roots inside it.
 */
final class PieceLayers {
  private PieceLayers() {}

  static Map<Hash, PieceLayer> read(BDictionary root, Info info, SoftErrors softErrors)
      throws MetainfoException {
    Optional<BValue> value = root.get("piece layers");
    if (value.isEmpty() || !info.hasV2()) {
      return Map.of();
    }
    if (!(value.get() instanceof BDictionary layers)) {
      throw new MetainfoException(Reason.BAD_PIECE_LAYER, "piece layers is not a dictionary");
    }
    int pieceLength = info.layout().pieceLength();
    Map<Hash, Long> pieces = piecesByRoot(info, pieceLength);
    Map<Hash, PieceLayer> checked = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layers.value(i) instanceof BString hashes)
          || layers.key(i).length() != Hash.SHA256_BYTES) {
        throw new MetainfoException(Reason.BAD_PIECE_LAYER, "a piece layer has the wrong form");
      }
      Hash fileRoot = Hash.of(layers.key(i).bytes());
      Long count = pieces.get(fileRoot);
      if (count == null) {
        throw new MetainfoException(
            Reason.UNKNOWN_PIECE_LAYER, "a piece layer belongs to no file: " + fileRoot);
      }
      if (count == 1) {
        softErrors.add("a file of one piece has a piece layer");
        continue;
      }
      checked.put(fileRoot, check(hashes, count, fileRoot, pieceLength));
    }
    return Collections.unmodifiableMap(checked);
  }

  /** The root above {@code count} piece hashes; pieces beyond them are trees of zero hashes. */
  static Hash root(byte[] hashes, int count, int pieceLength) {
    byte[] pad = new byte[Hash.SHA256_BYTES];
    for (int width = pieceLength / PieceLayout.BLOCK; width > 1; width /= 2) {
      pad = parent(pad, 0, pad);
    }
    byte[] level = hashes.clone();
    int size = count;
    while (size > 1) {
      for (int i = 0; i < size / 2; i++) {
        byte[] hash = parent(level, 2 * i * Hash.SHA256_BYTES);
        System.arraycopy(hash, 0, level, i * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
      }
      if (size % 2 == 1) {
        byte[] hash = parent(level, (size - 1) * Hash.SHA256_BYTES, pad);
        System.arraycopy(hash, 0, level, size / 2 * Hash.SHA256_BYTES, Hash.SHA256_BYTES);
      }
      size = (size + 1) / 2;
      pad = parent(pad, 0, pad);
    }
    return Hash.of(level, 0, Hash.SHA256_BYTES);
  }

  private static byte[] parent(byte[] pair, int at) {
    var digest = Digests.sha256();
    digest.update(pair, at, 2 * Hash.SHA256_BYTES);
    return digest.digest();
  }

  private static byte[] parent(byte[] left, int at, byte[] right) {
    var digest = Digests.sha256();
    digest.update(left, at, Hash.SHA256_BYTES);
    digest.update(right);
    return digest.digest();
  }

  /** How many pieces the file with each root has; files with one root must agree. */
  private static Map<Hash, Long> piecesByRoot(Info info, int pieceLength) throws MetainfoException {
    Map<Hash, Long> pieces = new HashMap<>();
    for (FileEntry file : info.files()) {
      if (file.piecesRoot().isPresent()) {
        long count = (file.length() - 1) / pieceLength + 1;
        Long other = pieces.putIfAbsent(file.piecesRoot().get(), count);
        if (other != null && other != count) {
          throw new MetainfoException(
              Reason.BAD_PIECES_ROOT, "files of different sizes have one pieces root");
        }
      }
    }
    return pieces;
  }

  private static PieceLayer check(BString hashes, long count, Hash fileRoot, int pieceLength)
      throws MetainfoException {
    if (hashes.length() != count * Hash.SHA256_BYTES) {
      throw new MetainfoException(
          Reason.BAD_PIECE_LAYER, "a piece layer has not 32 bytes for each of " + count);
    }
    byte[] bytes = hashes.bytes();
    if (!root(bytes, (int) count, pieceLength).equals(fileRoot)) {
      throw new MetainfoException(
          Reason.BAD_PIECE_LAYER, "a piece layer does not hash to its root " + fileRoot);
    }
    return new PieceLayer(bytes);
  }
}
