package sluice.protocol.metainfo;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.protocol.digest.Digests;
import sluice.protocol.digest.Hash;

/**
 * What tells that files of different torrents have the same content (BEP 38): the pieces root of a
 * v2 file, whatever the piece lengths; for v1 the size, the piece length and the hashes of all
 * pieces of a file that starts a piece. Pure.
 */
public final class ContentKeys {
  private ContentKeys() {}

  /**
   * One name of a content.
   *
   * @param hash the pieces root, or a digest of the hashes of the v1 pieces
   * @param pieceLength of v1; 0 for a pieces root, which holds for every piece length
   * @param length bytes of the file
   */
  public record Key(Hash hash, int pieceLength, long length) {}

  /** The names of the content of {@code file}: none, one, or for a hybrid up to two. */
  public static List<Key> of(Info info, int file) {
    FileEntry entry = info.files().get(file);
    List<Key> keys = new ArrayList<>(2);
    if (entry.hasData()) {
      entry.piecesRoot().ifPresent(root -> keys.add(new Key(root, 0, entry.length())));
      v1(info, entry).ifPresent(keys::add);
    }
    return keys;
  }

  /** For files of {@code wanted} the file of {@code known} with the same content, by index. */
  public static Map<Integer, Integer> shared(Info known, Info wanted) {
    Map<Key, Integer> names = new HashMap<>();
    for (int file = 0; file < known.files().size(); file++) {
      for (Key key : of(known, file)) {
        names.putIfAbsent(key, file);
      }
    }
    Map<Integer, Integer> shared = new LinkedHashMap<>();
    for (int file = 0; file < wanted.files().size(); file++) {
      for (Key key : of(wanted, file)) {
        Integer same = names.get(key);
        if (same != null) {
          shared.putIfAbsent(file, same);
        }
      }
    }
    return shared;
  }

  /**
   * The names of what is probably the content of {@code file}: as {@link #of}, but the last piece
   * of a v1 file of several pieces does not count if it is not full, because its hash depends on
   * what follows the file.
   */
  static List<Key> likely(Info info, int file) {
    FileEntry entry = info.files().get(file);
    List<Key> keys = new ArrayList<>(2);
    if (entry.hasData()) {
      entry.piecesRoot().ifPresent(root -> keys.add(new Key(root, 0, entry.length())));
      long full = entry.length() / info.layout().pieceLength();
      int first = info.layout().firstPiece(entry);
      v1(info, entry, first + (int) Math.max(1, full)).ifPresent(keys::add);
    }
    return keys;
  }

  private static Optional<Key> v1(Info info, FileEntry entry) {
    return v1(info, entry, info.layout().lastPiece(entry) + 1);
  }

  private static Optional<Key> v1(Info info, FileEntry entry, int end) {
    PieceLayout layout = info.layout();
    if (!info.hasV1() || entry.offset() % layout.pieceLength() != 0) {
      return Optional.empty();
    }
    MessageDigest digest = Digests.sha1();
    info.digestV1(layout.firstPiece(entry), end, digest);
    return Optional.of(new Key(Hash.of(digest.digest()), layout.pieceLength(), entry.length()));
  }
}
