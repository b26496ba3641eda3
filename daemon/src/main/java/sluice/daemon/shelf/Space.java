package sluice.daemon.shelf;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room of a file system.
 *
 * @param freeBytes that may be used; -1 if that cannot be told
 * @param totalBytes all; -1 if that cannot be told
 */
public record Space(long freeBytes, long totalBytes) {
  private static final Space UNKNOWN = new Space(-1, -1);

  /** Of the file system where {@code folder} is or would be. */
  public static Space of(Path folder) {
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    // A store of files would read the table of all mounts for the same numbers.
    long total = there.toFile().getTotalSpace();
    return total == 0 ? UNKNOWN : new Space(there.toFile().getUsableSpace(), total);
  }
}
