package sluice.daemon.shelf;

import java.io.IOException;
import java.nio.file.FileStore;
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
    try {
      FileStore store = Files.getFileStore(there);
      return new Space(store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
