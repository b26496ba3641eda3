package sluice.state.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room that is kept free for records while the disk is full: a file of zeros that is removed when
 * the room is needed and made again when there is enough. Owned by the writer's thread.
 */
public final class Reserve {
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path file;
  private final long bytes;

  public Reserve(Path dir, long bytes) {
    file = dir.resolve("reserve");
    this.bytes = bytes;
  }

  /** Whether all the room is kept. */
  public boolean isHeld() throws IOException {
    return Files.exists(file) && Files.size(file) == bytes;
  }

  /** Frees the room; tells whether there was any. */
  public boolean free() throws IOException {
    return Files.deleteIfExists(file);
  }

  /** Keeps the room again if that leaves as much to others; tells whether it is kept. */
  public boolean hold() throws IOException {
    if (isHeld()) {
      return true;
    }
    if (Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() < 2 * bytes) {
      return false;
    }
    boolean done = false;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      fill(channel);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
    return true;
  }

  private void fill(FileChannel channel) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(CHUNK_BYTES);
    for (long at = 0; at < bytes; at += zeros.limit()) {
      zeros.clear().limit((int) Math.min(CHUNK_BYTES, bytes - at));
      while (zeros.hasRemaining()) {
        channel.write(zeros, at + zeros.position());
      }
    }
  }
}
