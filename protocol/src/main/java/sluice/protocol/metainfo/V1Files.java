package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.metainfo.FileEntry.Attribute;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Reads the file list of a v1 or hybrid torrent: {@code length} or {@code files} (BEP 3, 47). */
final class V1Files {
  /** How BitComet names its pads, which have no attribute. */
  private static final String BITCOMET_PAD = "_____padding_file_";

  private V1Files() {}

  static List<RawFile> read(BDictionary info, BString name) throws MetainfoException {
    boolean single = info.get("length").isPresent();
    Optional<BValue> files = info.get("files");
    if (single && files.isPresent()) {
      throw new MetainfoException(Reason.LENGTH_AND_FILES, "both length and files are given");
    }
    if (single) {
      return List.of(file(info, List.of(name)));
    }
    if (files.isEmpty() || !(files.get() instanceof BList list) || list.items().isEmpty()) {
      throw new MetainfoException(Reason.NO_FILES, "neither length nor a list of files");
    }
    List<RawFile> all = new ArrayList<>(list.items().size());
    for (BValue item : list.items()) {
      if (!(item instanceof BDictionary dictionary)) {
        throw new MetainfoException(Reason.BAD_PATH, "a file is not a dictionary");
      }
      all.add(file(dictionary, path(dictionary)));
    }
    return all;
  }

  private static List<BString> path(BDictionary file) throws MetainfoException {
    Optional<BList> utf8 = file.list("path.utf-8");
    Optional<BList> path = utf8.isPresent() ? utf8 : file.list("path");
    if (path.isEmpty() && file.get("path").isPresent()) {
      throw new MetainfoException(Reason.BAD_PATH, "path is not a list");
    }
    return path.isEmpty() ? List.of() : FileFields.elements(path.get());
  }

  private static RawFile file(BDictionary file, List<BString> path) throws MetainfoException {
    Set<Attribute> attributes = FileFields.attributes(file);
    if (!path.isEmpty() && startsWith(path.getLast(), BITCOMET_PAD)) {
      attributes = attributes.isEmpty() ? EnumSet.noneOf(Attribute.class) : attributes;
      attributes.add(Attribute.PAD);
    }
    if (path.isEmpty() && !attributes.contains(Attribute.PAD)) {
      throw new MetainfoException(Reason.BAD_PATH, "a file has no path");
    }
    long length = FileFields.length(file, attributes);
    List<BString> symlink = FileFields.symlink(file, attributes);
    return new RawFile(path, length, attributes, symlink, Optional.empty());
  }

  private static boolean startsWith(BString name, String prefix) {
    if (name.length() < prefix.length()) {
      return false;
    }
    byte[] head = new byte[prefix.length()];
    name.view().get(head);
    return prefix.equals(new String(head, US_ASCII));
  }
}
