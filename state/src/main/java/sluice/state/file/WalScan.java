package sluice.state.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A look at SQLite's write-ahead log (source: the section "The Write-Ahead Log" of SQLite's
 * "Database File Format"). SQLite takes the first frame with a wrong checksum for the end and says
 * nothing; here it is found out whether frames of the same generation follow it, which SQLite will
 * leave out.
 */
public final class WalScan {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int MAGIC = 0x377f0682;
  private static final int MIN_PAGE_BYTES = 512;
  private static final int MAX_PAGE_BYTES = 65_536;

  private final FileChannel channel;
  private int sum0;
  private int sum1;

  private WalScan(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Number of frames of {@code wal} that were written and cannot be used. Those of a transaction
   * that was never committed do not count.
   */
  public static long lostFrames(Path wal) throws IOException {
    if (!Files.exists(wal) || Files.size(wal) <= HEADER_BYTES) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ)) {
      return new WalScan(channel).scan();
    }
  }

  private long scan() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    if (!fill(header, 0)) {
      throw new EOFException("the log ends in its header");
    }
    int magic = header.getInt(0);
    int pageBytes = header.getInt(8);
    boolean isSound =
        (magic & ~1) == MAGIC
            && pageBytes >= MIN_PAGE_BYTES
            && pageBytes <= MAX_PAGE_BYTES
            && Integer.bitCount(pageBytes) == 1;
    ByteOrder order = (magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    add(header, 0, 24, order);
    if (!isSound || header.getInt(24) != sum0 || header.getInt(28) != sum1) {
      return 1;
    }
    return frames(header.getLong(16), pageBytes, order);
  }

  private long frames(long salts, int pageBytes, ByteOrder order) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageBytes);
    long size = channel.size();
    long lost = 0;
    boolean isCommitLost = false;
    for (long at = HEADER_BYTES; at < size; at += frame.capacity()) {
      boolean whole = fill(frame, at);
      if (frame.position() < 16 || !isOf(salts, frame.getLong(8))) {
        // Of an older generation: the log was begun anew and has not grown over it.
        continue;
      }
      if (lost == 0 && whole) {
        add(frame, 0, 8, order);
        add(frame, FRAME_HEADER_BYTES, frame.capacity(), order);
      }
      if (lost > 0
          || !whole
          || frame.getLong(8) != salts
          || frame.getInt(16) != sum0
          || frame.getInt(20) != sum1) {
        lost++;
        isCommitLost |= frame.getInt(4) != 0;
      }
    }
    return isCommitLost ? lost : 0;
  }

  /** Both halves of the salt differ between generations, so one that is equal was damaged. */
  private static boolean isOf(long salts, long other) {
    return (int) salts == (int) other || salts >>> 32 == other >>> 32;
  }

  private void add(ByteBuffer bytes, int from, int to, ByteOrder order) {
    bytes.order(order);
    for (int i = from; i < to; i += 8) {
      sum0 += bytes.getInt(i) + sum1;
      sum1 += bytes.getInt(i + 4) + sum0;
    }
    bytes.order(ByteOrder.BIG_ENDIAN);
  }

  private boolean fill(ByteBuffer buffer, long from) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        return false;
      }
    }
    return true;
  }
}
