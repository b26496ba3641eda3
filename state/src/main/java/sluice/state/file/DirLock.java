package sluice.state.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sluice.state.fault.StateException;

/**
 * The right to use a state folder: a lock on its file {@code lock}, which holds the owner's process
 * number. The system frees it when the process ends, however it ends. Any thread.
 */
public final class DirLock implements AutoCloseable {
  private static final int MAX_PID_BYTES = 20;

  /**
   * Folders that this process has open. The system's locks are per process, and closing any channel
   * of a file frees its lock, so the file is not even opened for a folder that is in here.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path dir;
  private final FileChannel channel;

  private DirLock(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  /**
   * Takes the lock of {@code dir}, which must be a real path.
   *
   * @throws StateException when another has it
   */
  public static DirLock take(Path dir) throws IOException {
    if (!OPEN.add(dir)) {
      throw taken(dir, ProcessHandle.current().pid() + ", which is this one");
    }
    boolean done = false;
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              dir.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(dir, pid(channel));
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(US_ASCII)), 0);
      done = true;
      return new DirLock(dir, channel);
    } finally {
      if (!done) {
        closeQuietly(channel);
        OPEN.remove(dir);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        channel.close();
      } finally {
        OPEN.remove(dir);
      }
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), US_ASCII);
    return text.matches("[0-9]+") ? text : "unknown";
  }

  private static StateException taken(Path dir, String pid) {
    return new StateException(
        StateException.Kind.LOCKED, "the state in " + dir + " is in use by process " + pid);
  }
}
