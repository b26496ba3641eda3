package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import sluice.protocol.metainfo.FileEntry;

/**
 * Which files are wanted, and the part file with what border pieces bring of the others. Any
 * worker.
 *
 * <p>Invariant: a file is parted only while it is not there. A file is put together beside its
 * place, forced and then renamed, so that one that is there is whole as far as the part file was.
 */
final class Selection {
  private static final int COPY_BYTES = 1 << 16;

  private final TorrentFiles files;
  private volatile BitSet unwanted = new BitSet();

  /** Files whose bytes are in the part file; replaced as a whole. */
  private volatile BitSet parted = new BitSet();

  private volatile Optional<Borders> borders = Optional.empty();

  Selection(TorrentFiles files) {
    this.files = files;
  }

  /** Whether {@code file} is to be made when it is missing. */
  boolean isWanted(int file) {
    return !unwanted.get(file);
  }

  /** Whether bytes of {@code file} may be in the part file. */
  boolean isParted(int file) {
    return parted.get(file);
  }

  /** Uses another set of wanted files; no write runs meanwhile. */
  void become(BitSet wanted) throws IOException {
    files.places().requireKnown();
    List<FileEntry> entries = files.entries();
    Borders map = borders.orElseGet(() -> new Borders(entries, files.layout()));
    borders = Optional.of(map);
    BitSet others = new BitSet();
    BitSet missing = new BitSet();
    boolean present = files.places().isPresent();
    for (int i = 0; i < entries.size(); i++) {
      FileEntry entry = entries.get(i);
      others.set(i, !wanted.get(i));
      missing.set(i, entry.hasData() && (!present || files.places().size(entry) < 0));
    }
    Lock lock = files.shape().writeLock();
    lock.lock();
    try {
      for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
        if (wanted.get(i)) {
          putTogether(map, i);
          take(i);
          missing.clear(i);
        }
      }
      unwanted = others;
      parted = missing;
      if (others.isEmpty() && partBytes() >= 0) {
        files.forgetPart();
        Files.deleteIfExists(files.naming().partPlaces().existing(files.naming().partPath()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Reads from the part file; false when the file is whole in its place. */
  boolean read(int file, long offset, ByteBuffer target) throws IOException {
    Lock lock = files.shape().readLock();
    lock.lock();
    try {
      Borders map = borders.orElseThrow();
      if (!parted.get(file)) {
        return false;
      }
      for (int done = 0; done < target.limit(); ) {
        long at = map.position(file, offset + done);
        int count = (int) map.run(file, offset + done, target.limit() - done);
        if (at < 0) {
          throw new FaultException(
              sluice.engine.port.Fault.Kind.MISSING,
              files.naming().shown(file) + ": is not wanted and not there");
        }
        files.fill(files.naming(), files.naming().partFile(), at, target.slice(done, count));
        done += count;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes to the part file; false when the file is in its place, to which it may just have come.
   */
  boolean write(int file, long offset, ByteBuffer source) throws IOException {
    Borders map = borders.orElseThrow();
    long at = map.position(file, offset);
    boolean together = map.run(file, offset, source.remaining()) == source.remaining();
    Lock lock = at >= 0 && together ? files.shape().readLock() : files.shape().writeLock();
    lock.lock();
    try {
      if (!parted.get(file)) {
        return false;
      }
      if (at >= 0 && together) {
        files.put(files.naming().partFile(), at, source);
        return true;
      }
      putTogether(map, file);
      take(file);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void take(int file) {
    BitSet others = (BitSet) parted.clone();
    others.clear(file);
    parted = others;
  }

  /** Whether the part file reaches to the end of these bytes of a parted file. */
  boolean has(int file, long offset, long length) throws IOException {
    Borders map = borders.orElseThrow();
    long size = partBytes();
    for (long done = 0; done < length; ) {
      long at = map.position(file, offset + done);
      long count = map.run(file, offset + done, length - done);
      if (at < 0 || at + count > size) {
        return false;
      }
      done += count;
    }
    return true;
  }

  private long partBytes() throws IOException {
    Naming naming = files.naming();
    return naming.partPlaces().isPresent()
        ? naming.partPlaces().found(naming.partPath()).map(f -> f.size()).orElse(-1L)
        : -1;
  }

  /** Makes {@code file} of what the part file has of it, if that is anything. */
  private void putTogether(Borders map, int file) throws IOException {
    Naming naming = files.naming();
    FileEntry entry = naming.entries().get(file);
    long size = partBytes();
    long tail = map.tailStart(file);
    boolean any = size > map.position(file, 0) && map.headBytes(file) > 0;
    any |= tail < entry.length() && size > map.position(file, tail);
    if (!any) {
      return;
    }
    List<String> unfinished = naming.unfinished(entry.path(), file);
    Path made = naming.places().made(unfinished);
    Files.deleteIfExists(made);
    try (FileChannel target = naming.places().openToWrite(unfinished)) {
      copy(naming, map.position(file, 0), 0, map.headBytes(file), size, target);
      if (tail < entry.length()) {
        copy(naming, map.position(file, tail), tail, entry.length() - tail, size, target);
      }
      target.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(made);
      throw new FaultException(Faults.ofWrite(e, made));
    }
    FilePlaces.setExecutable(entry, made);
    Path place = naming.places().made(entry.path());
    Files.move(made, place);
    FilePlaces.forceFolderOf(place);
  }

  /** Copies what is not zero, so that the file keeps its holes. */
  private void copy(Naming naming, long from, long to, long length, long size, FileChannel target)
      throws IOException {
    byte[] part = new byte[COPY_BYTES];
    long end = Math.min(length, size - from);
    for (long done = 0; done < end; ) {
      int count = (int) Math.min(COPY_BYTES, end - done);
      files.fill(naming, naming.partFile(), from + done, ByteBuffer.wrap(part, 0, count).slice());
      if (!isZero(part, count)) {
        ByteBuffer source = ByteBuffer.wrap(part, 0, count);
        for (long at = to + done; source.hasRemaining(); ) {
          at += target.write(source, at);
        }
      }
      done += count;
    }
  }

  private static boolean isZero(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
