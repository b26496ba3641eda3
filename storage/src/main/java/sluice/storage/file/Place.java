package sluice.storage.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.port.RootIdentity;

/**
 * Where and how the files of one torrent are kept.
 *
 * @param folder below which the paths of the files lie
 * @param allocation how files get their room
 * @param renamed paths other than the torrent's, by index of the file
 * @param root the identity of the folder, when the torrent has progress there: another folder is
 *     not used, and a missing one not made
 * @param partFolder of the hidden part file; {@code folder} when empty
 * @param recovering whether a renaming was interrupted: a file that is missing at its old path and
 *     there at its new one is taken for the torrent's
 */
public record Place(
    Path folder,
    Allocation allocation,
    Map<Integer, List<String>> renamed,
    Optional<RootIdentity> root,
    Optional<Path> partFolder,
    boolean recovering) {

  /** How files get their room. */
  public enum Allocation {
    /** As they are written; the disk may be full before the end. */
    SPARSE,
    /** Whole, with zeroes, before the first write. */
    FULL
  }

  public Place {
    renamed = Map.copyOf(renamed);
  }

  /** What {@code folder} is; empty when there is none. May block. */
  public static Optional<RootIdentity> identityOf(Path folder) throws IOException {
    return FilePlaces.identityOf(folder);
  }

  /** Sparse files with the torrent's own paths below {@code folder}. */
  public static Place of(Path folder) {
    return new Place(
        folder, Allocation.SPARSE, Map.of(), Optional.empty(), Optional.empty(), false);
  }

  /** This place with another allocation. */
  public Place allocation(Allocation other) {
    return new Place(folder, other, renamed, root, partFolder, recovering);
  }

  /** This place with other paths. */
  public Place renamed(Map<Integer, List<String>> other) {
    return new Place(folder, allocation, other, root, partFolder, recovering);
  }

  /** This place, only as long as it is {@code known}. */
  public Place root(RootIdentity known) {
    return new Place(folder, allocation, renamed, Optional.of(known), partFolder, recovering);
  }

  /** This place with its part file in another folder. */
  public Place partFolder(Path other) {
    return new Place(folder, allocation, renamed, root, Optional.of(other), recovering);
  }

  /** This place after a renaming that may have been interrupted. */
  public Place afterCrash() {
    return new Place(folder, allocation, renamed, root, partFolder, true);
  }
}
