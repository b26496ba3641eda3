package sluice.engine.port;

import java.util.Optional;

/**
 * What is there of a torrent's files.
 *
 * @param root of the folder; empty when there is none
 * @param stamps of the files; all absent when there is no root
 * @param freeBytes that can be written before the device is full; {@link Long#MAX_VALUE} when that
 *     is not known
 */
public record Presence(Optional<RootIdentity> root, Stamps stamps, long freeBytes) {

  /** What a torrent with progress may do with what is there. */
  public enum Verdict {
    /** Nothing has changed: go on without a check. */
    SAME,
    /** The files are there, but somebody wrote: check {@link Stamps#changedSince}. */
    CHANGED,
    /** Another folder or none: keep the progress, write nothing, look again later. */
    ABSENT
  }

  /**
   * Compares with what was there when the progress was recorded. A folder with another identity is
   * the right one when it has every file that was there, at least as long as it was: device numbers
   * change, disks are copied, and a crash may follow a move and more data. A folder that has none
   * of them, such as an empty mount point, is never the right one.
   */
  public Verdict against(RootIdentity knownRoot, Stamps known) {
    boolean right = hasSome(known) && (root.equals(Optional.of(knownRoot)) || hasAll(known));
    return !right ? Verdict.ABSENT : stamps.equals(known) ? Verdict.SAME : Verdict.CHANGED;
  }

  /**
   * Whether this is where {@code known} was seen a while ago by somebody who has written since: the
   * folder itself, or one in which every file is at least as long.
   */
  public boolean isStill(RootIdentity knownRoot, Stamps known) {
    return root.equals(Optional.of(knownRoot)) || hasAll(known);
  }

  private boolean hasSome(Stamps known) {
    boolean any = false;
    for (int i = 0; i < known.count(); i++) {
      any |= known.has(i);
      if (known.has(i) && i < stamps.count() && stamps.has(i)) {
        return true;
      }
    }
    return !any && root.isPresent();
  }

  /** Whether every file that was there is, and has lost nothing. */
  private boolean hasAll(Stamps known) {
    boolean any = false;
    for (int i = 0; i < known.count(); i++) {
      if (!known.has(i)) {
        continue;
      }
      any = true;
      long bytes = i < stamps.count() ? stamps.sizeBytes(i) : Stamps.ABSENT_BYTES;
      if (bytes < known.sizeBytes(i)) {
        return false;
      }
    }
    return any;
  }
}
