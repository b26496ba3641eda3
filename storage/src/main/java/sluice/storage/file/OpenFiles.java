package sluice.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The open files of all torrents; those that were used least recently are closed when there are too
 * many. Any thread; files are opened and closed outside the lock.
 *
 * <p>Invariant: a file is closed only while nobody uses it, so the limit is exceeded by at most the
 * number of workers.
 */
final class OpenFiles {
  private final int limit;
  private final LongAdder readBytes = new LongAdder();
  private final LongAdder writtenBytes = new LongAdder();
  private final Map<Key, OpenFile> files = new LinkedHashMap<>(16, 0.75f, true);

  OpenFiles(int limit) {
    this.limit = limit;
  }

  /** Opens or reuses {@code file} of {@code owner}; the use is to be closed. */
  OpenFile use(Opener owner, int file, boolean write) throws IOException {
    Key key = new Key(owner, file);
    OpenFile open = reuse(key, write);
    if (open != null) {
      return open;
    }
    OpenFile opened = new OpenFile(this, owner.open(file, write), write);
    List<OpenFile> surplus = new ArrayList<>(2);
    synchronized (this) {
      OpenFile before = files.put(key, opened);
      if (before != null) {
        retire(before, surplus);
      }
      Iterator<OpenFile> eldest = files.values().iterator();
      for (int over = files.size() - limit; over > 0 && eldest.hasNext(); ) {
        OpenFile candidate = eldest.next();
        if (candidate.users == 0) {
          eldest.remove();
          retire(candidate, surplus);
          over--;
        }
      }
    }
    try {
      closeAll(surplus);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    return opened;
  }

  /** Bytes of torrents were read. */
  void read(long bytes) {
    readBytes.add(bytes);
  }

  /** Bytes of torrents were written. */
  void written(long bytes) {
    writtenBytes.add(bytes);
  }

  long readBytes() {
    return readBytes.sum();
  }

  long writtenBytes() {
    return writtenBytes.sum();
  }

  /** Closes the files of {@code owner}, which nobody uses. */
  void release(Opener owner) throws IOException {
    List<OpenFile> surplus = new ArrayList<>();
    synchronized (this) {
      Iterator<Map.Entry<Key, OpenFile>> all = files.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<Key, OpenFile> next = all.next();
        if (next.getKey().owner.equals(owner)) {
          all.remove();
          retire(next.getValue(), surplus);
        }
      }
    }
    closeAll(surplus);
  }

  /** Number of files that are kept open. */
  synchronized int size() {
    return files.size();
  }

  private synchronized @Nullable OpenFile reuse(Key key, boolean write) {
    OpenFile open = files.get(key);
    if (open == null || (write && !open.writable)) {
      return null;
    }
    open.users++;
    return open;
  }

  private static void retire(OpenFile file, List<OpenFile> surplus) {
    file.retired = true;
    if (file.users == 0) {
      surplus.add(file);
    }
  }

  /** Closes all of them, also when one fails. */
  private static void closeAll(List<OpenFile> surplus) throws IOException {
    IOException failure = null;
    for (OpenFile file : surplus) {
      try {
        file.channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized boolean endUse(OpenFile file) {
    file.users--;
    return file.retired && file.users == 0;
  }

  /** Opens files by number. */
  interface Opener {
    /** A channel to {@code file}, which is made when it is missing and {@code write} is set. */
    FileChannel open(int file, boolean write) throws IOException;
  }

  /** Its comparison is spelled out: that of a record is slow until it has been compiled. */
  private record Key(Opener owner, int file) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && owner.equals(that.owner) && file == that.file;
    }

    @Override
    public int hashCode() {
      return 31 * owner.hashCode() + file;
    }
  }

  /** One use of an open file. Its counters are guarded by the table. */
  static final class OpenFile implements AutoCloseable {
    private final OpenFiles table;
    private final FileChannel channel;
    private final boolean writable;
    private int users = 1;
    private boolean retired;

    private OpenFile(OpenFiles table, FileChannel channel, boolean writable) {
      this.table = table;
      this.channel = channel;
      this.writable = writable;
    }

    FileChannel channel() {
      return channel;
    }

    /** Ends the use. */
    @Override
    public void close() throws IOException {
      if (table.endUse(this)) {
        channel.close();
      }
    }
  }
}
