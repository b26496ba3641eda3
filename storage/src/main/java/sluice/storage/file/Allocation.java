package sluice.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicBoolean;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.FileEntry;
import sluice.storage.pool.Scratch;

/**
 * Gives the wanted files their whole room, with zeroes behind what is there. Nobody writes
 * meanwhile. Belongs to one worker; any thread may give it up.
 */
final class Allocation {
  private final TorrentFiles files;
  private final AtomicBoolean cancelled;

  Allocation(TorrentFiles files, AtomicBoolean cancelled) {
    this.files = files;
    this.cancelled = cancelled;
  }

  void run(Scratch scratch) throws IOException {
    requireRoom();
    for (int i = 0; i < files.entries().size(); i++) {
      if (isAllocated(i)) {
        allocate(scratch, i, Math.max(0, files.places().size(files.entries().get(i))));
      }
    }
  }

  private boolean isAllocated(int file) {
    return files.entries().get(file).hasData() && files.selection().isWanted(file);
  }

  /** Tells a disk that is too small before the first byte. */
  private void requireRoom() throws IOException {
    long missing = 0;
    for (int i = 0; i < files.entries().size(); i++) {
      FileEntry entry = files.entries().get(i);
      if (isAllocated(i)) {
        missing += Math.max(0, entry.length() - Math.max(0, files.places().size(entry)));
      }
    }
    long free = Files.getFileStore(files.places().folder()).getUsableSpace();
    if (missing > free) {
      throw new FaultException(
          Fault.Kind.NO_SPACE,
          files.places().folder() + ": " + missing + " bytes are needed and " + free + " are free");
    }
  }

  private void allocate(Scratch scratch, int file, long from) throws IOException {
    long length = files.entries().get(file).length();
    ByteBuffer zeroes = scratch.stage();
    while (zeroes.hasRemaining()) {
      zeroes.put((byte) 0);
    }
    for (long at = from; at < length; ) {
      if (cancelled.get()) {
        throw new FaultException(
            Fault.Kind.CANCELLED, files.naming().shown(file) + ": the allocation was given up");
      }
      int count = (int) Math.min(zeroes.capacity(), length - at);
      files.put(file, at, zeroes.slice(0, count));
      at += count;
    }
  }
}
