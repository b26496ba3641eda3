package sluice.state.record;

import java.util.Arrays;

/** The priority of each file of a torrent, by its index, as small numbers. Immutable. */
public final class FilePriorities {
  /** Most files of a torrent. */
  public static final int MAX_FILES = 1_000_000;

  /** All files have the ordinary priority; nothing is stored. */
  public static final FilePriorities ORDINARY = new FilePriorities(new byte[0]);

  private final byte[] values;

  private FilePriorities(byte[] owned) {
    values = owned;
  }

  /** Copies {@code values}, one for each file. */
  public static FilePriorities of(byte[] values) {
    if (values.length > MAX_FILES) {
      throw new IllegalArgumentException(values.length + " files");
    }
    return values.length == 0 ? ORDINARY : new FilePriorities(values.clone());
  }

  static FilePriorities owning(byte[] values) {
    return values.length == 0 ? ORDINARY : new FilePriorities(values);
  }

  /** Number of files; 0 when all are ordinary. */
  public int count() {
    return values.length;
  }

  /** The priority of {@code file}. */
  public byte get(int file) {
    return values[file];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePriorities that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "priorities of " + values.length + " files";
  }
}
