package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Reads the {@code info} dictionary of any version. One use, one thread. */
final class InfoReader {
  private static final int V2 = 2;

  private final BDictionary info;
  private final byte[] raw;
  private final SoftErrors softErrors;

  /**
   * @param raw the bytes of {@code info}; ownership passes to the result
   */
  InfoReader(BDictionary info, byte[] raw, SoftErrors softErrors) {
    this.info = info;
    this.raw = raw;
    this.softErrors = softErrors;
  }

  /** Whether the info is v2 or hybrid, which makes any deviation in its encoding fatal. */
  static boolean isV2(BDictionary info) throws MetainfoException {
    Optional<BValue> version = info.get("meta version");
    if (version.isEmpty()) {
      return false;
    }
    if (version.get() instanceof BInteger(long number) && (number == 1 || number == V2)) {
      return number == V2;
    }
    throw new MetainfoException(
        Reason.UNKNOWN_META_VERSION, "meta version is neither 1 nor 2: a newer client is needed");
  }

  Info read() throws MetainfoException {
    boolean v2 = isV2(info);
    boolean v1 = !v2 || hasAny("pieces", "files", "length");
    BString rawName = name();
    List<RawFile> tree = v2 ? V2Files.read(info) : List.of();
    List<RawFile> files = v1 ? V1Files.read(info, rawName) : tree;
    int pieceLength = pieceLength(v2);
    if (v1 && v2) {
      files = HybridLists.merge(files, tree, pieceLength);
    }
    boolean single = v1 ? info.get("length").isPresent() : isSingleFile(tree, rawName);
    InfoHashes hashes =
        new InfoHashes(
            v1 ? Optional.of(Hash.sha1(raw)) : Optional.empty(),
            v2 ? Optional.of(Hash.sha256(raw)) : Optional.empty());
    String name =
        FileNames.safe(rawName.utf8())
            .filter(n -> rawName.length() > 0)
            .orElseGet(() -> hashes.best().hex());
    List<FileEntry> entries = entries(files, name, single, v1 ? 1 : pieceLength);
    long total = checkedTotal(entries, pieceLength);
    byte[] pieces = v1 ? pieces(total, pieceLength) : new byte[0];
    boolean isPrivate = info.integer("private").orElse(0) == 1;
    return new Info(raw, hashes, name, isPrivate, single, pieceLength, entries, pieces);
  }

  private boolean hasAny(String... keys) {
    for (String key : keys) {
      if (info.get(key).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private int pieceLength(boolean v2) throws MetainfoException {
    long length = info.integer("piece length").orElse(0);
    if (length < 1 || length > PieceLayout.MAX_PIECE_LENGTH) {
      throw new MetainfoException(Reason.BAD_PIECE_LENGTH, "piece length is missing or too large");
    }
    if (v2 && (length < PieceLayout.BLOCK || Long.bitCount(length) != 1)) {
      throw new MetainfoException(
          Reason.BAD_PIECE_LENGTH, "v2 piece length is not a power of two from 16 KiB");
    }
    return (int) length;
  }

  private BString name() throws MetainfoException {
    return info.string("name.utf-8")
        .or(() -> info.string("name"))
        .orElseThrow(() -> new MetainfoException(Reason.NAME_MISSING, "name is missing"));
  }

  private static boolean isSingleFile(List<RawFile> tree, BString name) {
    List<BString> path = tree.getFirst().path();
    return tree.size() == 1 && path.size() == 1 && path.getFirst().equals(name);
  }

  /** The files with safe paths and with offsets at multiples of {@code alignment}. */
  private List<FileEntry> entries(List<RawFile> files, String name, boolean single, int alignment)
      throws MetainfoException {
    List<String[]> paths = single ? List.<String[]>of(new String[] {name}) : SafePaths.of(files);
    List<Optional<List<String>>> links = Symlinks.resolve(files, paths);
    List<FileEntry> entries = new ArrayList<>(files.size());
    long offset = 0;
    for (int i = 0; i < files.size(); i++) {
      RawFile file = files.get(i);
      Optional<List<String>> target = links.get(i).map(t -> single ? t : below(name, t));
      if (file.isSymlink() && target.isEmpty()) {
        softErrors.add("a symbolic link has no target in the torrent: " + paths.get(i)[0]);
      }
      List<String> path = single ? List.of(name) : below(name, paths.get(i));
      entries.add(
          new FileEntry(path, file.length(), offset, file.attributes(), target, file.piecesRoot()));
      offset = aligned(Math.addExact(offset, file.length()), alignment);
    }
    return entries;
  }

  private static List<String> below(String root, List<String> path) {
    return below(root, path.toArray(new String[0]));
  }

  private static List<String> below(String root, String[] path) {
    String[] all = new String[path.length + 1];
    all[0] = root;
    System.arraycopy(path, 0, all, 1, path.length);
    return List.of(all);
  }

  /** The next multiple of {@code alignment}; no overflow, as files are less than 2^44 bytes. */
  private static long aligned(long offset, int alignment) {
    return Math.addExact(offset, alignment - 1L) / alignment * alignment;
  }

  private static long checkedTotal(List<FileEntry> entries, int pieceLength)
      throws MetainfoException {
    long total = 0;
    long data = 0;
    for (FileEntry entry : entries) {
      total = entry.length() == 0 ? total : entry.offset() + entry.length();
      data += entry.hasData() ? entry.length() : 0;
    }
    if (data == 0) {
      throw new MetainfoException(Reason.NO_FILES, "no file has any bytes");
    }
    if ((total - 1) / pieceLength >= PieceLayout.MAX_PIECES) {
      throw new MetainfoException(
          Reason.TOO_MANY_PIECES, "more than " + PieceLayout.MAX_PIECES + " pieces");
    }
    return total;
  }

  private byte[] pieces(long total, int pieceLength) throws MetainfoException {
    Optional<BString> pieces = info.string("pieces");
    long count = (total - 1) / pieceLength + 1;
    if (pieces.isEmpty() || pieces.get().length() != count * Hash.SHA1_BYTES) {
      throw new MetainfoException(
          Reason.BAD_PIECES, "pieces is missing or has not 20 bytes for each of " + count);
    }
    return pieces.get().bytes();
  }
}
