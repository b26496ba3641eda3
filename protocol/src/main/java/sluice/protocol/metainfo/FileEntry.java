package sluice.protocol.metainfo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import sluice.protocol.digest.Hash;

/**
 * One file of a torrent.
 *
 * @param path sanitised elements, safe to resolve below a folder; in a multi-file torrent the first
 *     is the torrent's root folder
 * @param length bytes; 0 for a symbolic link
 * @param offset first byte in the torrent's byte space, in which each v2 file starts a piece
 * @param attributes see {@link Attribute} (BEP 47)
 * @param symlink target of a symbolic link as sanitised elements below the download folder
 * @param piecesRoot root of the file's Merkle tree (v2 and hybrid, not for empty files and pads)
 */
public record FileEntry(
    List<String> path,
    long length,
    long offset,
    Set<Attribute> attributes,
    Optional<List<String>> symlink,
    Optional<Hash> piecesRoot) {

  /** The attributes of BEP 47. */
  public enum Attribute {
    /** A run of zeroes that aligns the next file; never written, never requested. */
    PAD,
    EXECUTABLE,
    HIDDEN,
    SYMLINK
  }

  public FileEntry {
    path = List.copyOf(path);
    attributes = Set.copyOf(attributes);
    if (length < 0 || offset < 0) {
      throw new IllegalArgumentException("negative length or offset");
    }
  }

  /** The same file at another place. */
  public FileEntry at(List<String> elsewhere) {
    return new FileEntry(elsewhere, length, offset, attributes, symlink, piecesRoot);
  }

  /** Whether the file is padding. */
  public boolean isPad() {
    return attributes.contains(Attribute.PAD);
  }

  /** Whether the file has bytes of its own on disk. */
  public boolean hasData() {
    return length > 0 && !isPad() && !attributes.contains(Attribute.SYMLINK);
  }
}
