package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry.Attribute;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Reads the file tree of a v2 or hybrid torrent (BEP 52), without recursion. One use. */
final class V2Files {
  private final List<RawFile> files = new ArrayList<>();
  private final List<BString> path = new ArrayList<>();
  private long elements;

  private V2Files() {}

  static List<RawFile> read(BDictionary info) throws MetainfoException {
    Optional<BDictionary> tree = info.dictionary("file tree");
    if (tree.isEmpty() || tree.get().get("").isPresent()) {
      throw new MetainfoException(Reason.BAD_FILE_TREE, "file tree is missing or no dictionary");
    }
    V2Files reader = new V2Files();
    reader.walk(tree.get());
    if (reader.files.isEmpty()) {
      throw new MetainfoException(Reason.NO_FILES, "the file tree has no files");
    }
    return reader.files;
  }

  private void walk(BDictionary tree) throws MetainfoException {
    List<Folder> open = new ArrayList<>();
    open.add(new Folder(tree));
    while (!open.isEmpty()) {
      Folder folder = open.getLast();
      if (folder.next == folder.entries.size()) {
        open.removeLast();
        if (!path.isEmpty()) {
          path.removeLast();
        }
        continue;
      }
      BString name = folder.entries.key(folder.next);
      if (!(folder.entries.value(folder.next++) instanceof BDictionary node)) {
        throw new MetainfoException(Reason.BAD_FILE_TREE, "an entry is not a dictionary");
      }
      path.add(name);
      if (path.size() > FileFields.MAX_LEVELS) {
        throw new MetainfoException(Reason.TOO_DEEP, "file tree is too deep");
      }
      if (node.get("").isEmpty()) {
        open.add(new Folder(node));
      } else {
        file(node);
        path.removeLast();
      }
    }
  }

  private void file(BDictionary node) throws MetainfoException {
    Optional<BDictionary> properties = node.dictionary("");
    if (properties.isEmpty() || node.size() != 1) {
      throw new MetainfoException(Reason.BAD_FILE_TREE, "an entry is both a file and a folder");
    }
    elements += path.size();
    if (elements > SafePaths.MAX_ELEMENTS) {
      throw new MetainfoException(Reason.TOO_DEEP, "more path elements than can be held");
    }
    BDictionary file = properties.get();
    Set<Attribute> attributes = FileFields.attributes(file);
    long length = FileFields.length(file, attributes);
    List<BString> symlink = FileFields.symlink(file, attributes);
    Optional<Hash> root = root(file, length, attributes.contains(Attribute.PAD));
    files.add(new RawFile(List.copyOf(path), length, attributes, symlink, root));
  }

  private static Optional<Hash> root(BDictionary file, long length, boolean pad)
      throws MetainfoException {
    if (pad && file.get("pieces root").isPresent()) {
      throw new MetainfoException(Reason.PAD_WITH_ROOT, "a pad has a pieces root");
    }
    if (pad || length == 0) {
      return Optional.empty();
    }
    Optional<BString> root = file.string("pieces root");
    if (root.isEmpty() || root.get().length() != Hash.SHA256_BYTES) {
      throw new MetainfoException(Reason.BAD_PIECES_ROOT, "pieces root is missing or not 32 bytes");
    }
    Hash hash = Hash.of(root.get().bytes());
    if (hash.matches(new byte[Hash.SHA256_BYTES])) {
      throw new MetainfoException(Reason.BAD_PIECES_ROOT, "pieces root is zero");
    }
    return Optional.of(hash);
  }

  /** A folder whose entries are being read. */
  private static final class Folder {
    final BDictionary entries;
    int next;

    Folder(BDictionary entries) {
      this.entries = entries;
    }
  }
}
