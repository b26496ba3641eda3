package sluice.storage.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import sluice.engine.port.Fault;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.PieceLayout.Span;
import sluice.storage.file.OpenFiles.OpenFile;

/**
 * The byte space of a torrent on its files: positional reads and writes. Any worker.
 *
 * <p>Bytes of files that nobody wants and that are not there are in the part file, as far as they
 * share a piece with other files; see {@link Selection}.
 */
final class TorrentFiles {
  private final PieceLayout layout;
  private final OpenFiles open;
  private final Selection selection;

  /** Held for reading while a file of the part file is used, for writing while names change. */
  private final ReentrantReadWriteLock shape = new ReentrantReadWriteLock();

  private volatile Naming naming;

  /** Names of before, of which late readers may have opened files; guarded by itself. */
  private final List<Naming> former = new ArrayList<>(0);

  /** Files with data that was not forced yet; guarded by itself. */
  private final BitSet dirty = new BitSet();

  TorrentFiles(PieceLayout layout, Naming naming, OpenFiles open) {
    this.layout = layout;
    this.naming = naming;
    this.open = open;
    this.selection = new Selection(this);
  }

  /** Where the files are. */
  Naming naming() {
    return naming;
  }

  List<FileEntry> entries() {
    return naming.entries();
  }

  PieceLayout layout() {
    return layout;
  }

  FilePlaces places() {
    return naming.places();
  }

  Selection selection() {
    return selection;
  }

  ReentrantReadWriteLock shape() {
    return shape;
  }

  /** Uses other names from now on. The caller has the lock for writing. */
  void become(Naming other) throws IOException {
    Naming before = naming;
    naming = other;
    synchronized (former) {
      former.add(before);
    }
    open.release(before);
  }

  /**
   * Fills {@code length} bytes of {@code target} from its position with the bytes at {@code begin}
   * of {@code piece}, which may go on into the next pieces; the position moves behind them. Pads
   * become zeroes.
   */
  void read(int piece, int begin, int length, ByteBuffer target) throws IOException {
    int start = target.position();
    int done = 0;
    for (Span span : layout.spans(piece, begin, length)) {
      zero(target, start + done, span.at() - done);
      done = span.at() + span.length();
      read(span.file(), span.fileOffset(), target.slice(start + span.at(), span.length()));
    }
    zero(target, start + done, length - done);
    target.position(start + length);
  }

  private void read(int file, long offset, ByteBuffer target) throws IOException {
    if (selection.isParted(file) && selection.read(file, offset, target)) {
      return;
    }
    Naming used = naming;
    try {
      fill(used, file, offset, target.slice());
    } catch (FaultException e) {
      if (e.fault().kind() != Fault.Kind.MISSING || !isRenamed(used)) {
        throw e;
      }
      fill(naming, file, offset, target.slice());
    }
  }

  /** Whether {@code used} are names of before; waits for a renaming that runs. */
  private boolean isRenamed(Naming used) {
    shape.readLock().lock();
    try {
      return !naming.equals(used);
    } finally {
      shape.readLock().unlock();
    }
  }

  /** Fills {@code target} from {@code offset} of a file, or of the part file. */
  void fill(Naming used, int file, long offset, ByteBuffer target) throws IOException {
    try (OpenFile reading = open.use(used, file, false)) {
      while (target.hasRemaining()) {
        int count = reading.channel().read(target, offset + target.position());
        if (count < 0) {
          throw new EOFException();
        }
        open.read(count);
      }
    } catch (IOException e) {
      throw at(used, file, e);
    }
  }

  /** Writes the remaining bytes of {@code source} to {@code file}. */
  void write(int file, long offset, ByteBuffer source) throws IOException {
    if (selection.isParted(file) && selection.write(file, offset, source)) {
      return;
    }
    put(file, offset, source);
  }

  /** Writes to a file, or to the part file. */
  void put(int file, long offset, ByteBuffer source) throws IOException {
    Naming used = naming;
    try (OpenFile writing = open.use(used, file, true)) {
      synchronized (dirty) {
        dirty.set(file);
      }
      long at = offset;
      while (source.hasRemaining()) {
        int count = writing.channel().write(source, at);
        open.written(count);
        at += count;
      }
    } catch (IOException e) {
      throw new FaultException(Faults.ofWrite(e, used.shown(file)));
    }
  }

  /**
   * A piece was found to be good. A process that was killed may have written it, and then nobody
   * has forced it yet.
   */
  void found(int piece) {
    for (PieceLayout.Span span : layout.spans(piece, 0, layout.pieceSize(piece))) {
      synchronized (dirty) {
        dirty.set(selection.isParted(span.file()) ? naming.partFile() : span.file());
      }
    }
  }

  /** Forces what was written, and what was found. Tries every file; one that fails stays marked. */
  void sync() throws IOException {
    BitSet todo;
    synchronized (dirty) {
      todo = (BitSet) dirty.clone();
      dirty.clear();
    }
    FaultException failure = null;
    for (int file = todo.nextSetBit(0); file >= 0; file = todo.nextSetBit(file + 1)) {
      Naming used = naming;
      try (OpenFile forcing = open.use(used, file, false)) {
        forcing.channel().force(false);
      } catch (IOException e) {
        failure = failure == null ? at(used, file, e) : failure;
        synchronized (dirty) {
          dirty.set(file);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Closes the files, which nobody uses. */
  void close() throws IOException {
    open.release(naming);
    synchronized (former) {
      for (Naming before : former) {
        open.release(before);
      }
      former.clear();
    }
  }

  /** Forgets that data waits to be forced, because the files are deleted. */
  void forget() throws IOException {
    synchronized (dirty) {
      dirty.clear();
    }
    close();
  }

  /** Closes the part file, which is to be deleted. */
  void forgetPart() throws IOException {
    synchronized (dirty) {
      dirty.clear(naming.partFile());
    }
    become(naming.entries(naming.entries()));
  }

  private static FaultException at(Naming used, int file, IOException e) {
    return new FaultException(Faults.of(e, used.shown(file)));
  }

  private static void zero(ByteBuffer target, int from, int count) {
    for (int i = from; i < from + count; i++) {
      target.put(i, (byte) 0);
    }
  }
}
