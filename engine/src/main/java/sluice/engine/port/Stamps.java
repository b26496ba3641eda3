package sluice.engine.port;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Size and time of change of each file of a torrent, in torrent order, and of what the adapter
 * keeps besides. Equal stamps mean that nobody wrote in between. Immutable.
 */
public final class Stamps {
  /** Size of a file that is not there. */
  public static final long ABSENT_BYTES = -1;

  private static final int ENTRY_BYTES = 16;

  private final long[] sizesBytes;
  private final long[] changedNanos;

  /**
   * Copies both, which are equally long.
   *
   * @param sizesBytes {@link #ABSENT_BYTES} for what is not there
   * @param changedNanos since 1970, 0 for what is not there
   */
  public Stamps(long[] sizesBytes, long[] changedNanos) {
    if (sizesBytes.length != changedNanos.length) {
      throw new IllegalArgumentException("a size and a time for each file");
    }
    this.sizesBytes = sizesBytes.clone();
    this.changedNanos = changedNanos.clone();
  }

  /** Reads {@link #bytes()} back; empty when they are something else. */
  public static Optional<Stamps> of(byte[] bytes) {
    if (bytes.length % ENTRY_BYTES != 0) {
      return Optional.empty();
    }
    int files = bytes.length / ENTRY_BYTES;
    ByteBuffer source = ByteBuffer.wrap(bytes);
    long[] sizes = new long[files];
    long[] times = new long[files];
    for (int i = 0; i < files; i++) {
      sizes[i] = source.getLong();
      times[i] = source.getLong();
    }
    return Optional.of(new Stamps(sizes, times));
  }

  /** The record to keep: 16 bytes for each file. */
  public byte[] bytes() {
    ByteBuffer target = ByteBuffer.allocate(sizesBytes.length * ENTRY_BYTES);
    for (int i = 0; i < sizesBytes.length; i++) {
      target.putLong(sizesBytes[i]).putLong(changedNanos[i]);
    }
    return target.array();
  }

  /** Number of files. */
  public int count() {
    return sizesBytes.length;
  }

  /** Bytes of {@code file}, or {@link #ABSENT_BYTES}. */
  public long sizeBytes(int file) {
    return sizesBytes[file];
  }

  /** When {@code file} was changed, since 1970; 0 for what is not there. */
  public long changedNanos(int file) {
    return changedNanos[file];
  }

  /** Whether {@code file} is there. */
  public boolean has(int file) {
    return sizesBytes[file] >= 0;
  }

  /** The files that differ from {@code before}, which is of the same torrent. */
  public BitSet changedSince(Stamps before) {
    BitSet changed = new BitSet();
    for (int i = 0; i < sizesBytes.length; i++) {
      boolean same =
          i < before.count()
              && sizesBytes[i] == before.sizesBytes[i]
              && changedNanos[i] == before.changedNanos[i];
      changed.set(i, !same);
    }
    return changed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stamps that
        && Arrays.equals(sizesBytes, that.sizesBytes)
        && Arrays.equals(changedNanos, that.changedNanos);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sizesBytes) + Arrays.hashCode(changedNanos);
  }

  @Override
  public String toString() {
    return "stamps of " + sizesBytes.length + " files";
  }
}
