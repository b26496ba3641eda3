package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.metainfo.FileEntry.Attribute;
import sluice.protocol.metainfo.MetainfoException.Reason;

/** Reads the fields of one file that v1 and v2 share: length, attributes, path lists (BEP 47). */
final class FileFields {
  /** Most elements of a path. */
  static final int MAX_LEVELS = 100;

  /** Files of this size and larger are refused: 2^44 bytes less one block. */
  static final long MAX_FILE_LENGTH = (1L << 44) - PieceLayout.BLOCK;

  private FileFields() {}

  static long length(BDictionary file, Set<Attribute> attributes) throws MetainfoException {
    if (attributes.contains(Attribute.SYMLINK)) {
      return 0;
    }
    Optional<BValue> value = file.get("length");
    if (value.isPresent() && value.get() instanceof BInteger(long length)) {
      if (length >= 0 && length < MAX_FILE_LENGTH) {
        return length;
      }
      throw new MetainfoException(Reason.BAD_LENGTH, "file length out of range: " + length);
    }
    throw new MetainfoException(Reason.BAD_LENGTH, "file length is missing or not an integer");
  }

  static Set<Attribute> attributes(BDictionary file) {
    Optional<BString> attr = file.string("attr");
    if (attr.isEmpty()) {
      return Set.of();
    }
    String letters = attr.get().utf8();
    Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    for (Attribute attribute : Attribute.values()) {
      if (letters.indexOf(letter(attribute)) >= 0) {
        attributes.add(attribute);
      }
    }
    return attributes;
  }

  static char letter(Attribute attribute) {
    return switch (attribute) {
      case PAD -> 'p';
      case EXECUTABLE -> 'x';
      case HIDDEN -> 'h';
      case SYMLINK -> 'l';
    };
  }

  static List<BString> symlink(BDictionary file, Set<Attribute> attributes)
      throws MetainfoException {
    if (!attributes.contains(Attribute.SYMLINK)) {
      return List.of();
    }
    Optional<BList> target = file.list("symlink path");
    return target.isPresent() ? elements(target.get()) : List.of();
  }

  static List<BString> elements(BList list) throws MetainfoException {
    if (list.items().size() > MAX_LEVELS) {
      throw new MetainfoException(Reason.TOO_DEEP, "path of more than " + MAX_LEVELS + " elements");
    }
    List<BString> elements = new ArrayList<>(list.items().size());
    for (BValue item : list.items()) {
      if (!(item instanceof BString element)) {
        throw new MetainfoException(Reason.BAD_PATH, "a path element is not a string");
      }
      elements.add(element);
    }
    return elements;
  }
}
