package sluice.protocol.metainfo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * One file as the torrent lists it, before its names are made safe.
 *
 * @param path elements as received; empty for a pad without a path
 * @param length bytes, in range; 0 for a symbolic link
 * @param symlink target as received
 */
record RawFile(
    List<BString> path,
    long length,
    Set<FileEntry.Attribute> attributes,
    List<BString> symlink,
    Optional<Hash> piecesRoot) {

  boolean isPad() {
    return attributes.contains(FileEntry.Attribute.PAD);
  }

  boolean isSymlink() {
    return attributes.contains(FileEntry.Attribute.SYMLINK);
  }
}
