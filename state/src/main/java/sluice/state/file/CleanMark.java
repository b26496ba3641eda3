package sluice.state.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The mark of a clean end: a file that says how large the database was and when it was last
 * written. A database that differs from it, or has none, is checked before it is used. Owned by
 * whoever has the folder's lock.
 */
public final class CleanMark {
  private static final int MAX_BYTES = 64;

  private final Path mark;
  private final Path database;

  public CleanMark(Path dir, Path database) {
    mark = dir.resolve("clean");
    this.database = database;
  }

  /** Whether the database is as it was at a clean end. */
  public boolean holds() throws IOException {
    return Files.exists(mark)
        && Files.exists(database)
        && Files.size(mark) <= MAX_BYTES
        && new String(Files.readAllBytes(mark), US_ASCII).equals(describe());
  }

  /** Sets the mark; the database was closed. */
  public void set() throws IOException {
    Synced.write(mark, describe().getBytes(US_ASCII));
  }

  /** Removes the mark; the database will be written. */
  public void clear() throws IOException {
    Synced.delete(mark);
  }

  private String describe() throws IOException {
    long nanos = Files.getLastModifiedTime(database).to(TimeUnit.NANOSECONDS);
    return Files.size(database) + " " + nanos;
  }
}
