package sluice.storage.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;
import java.util.List;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.metainfo.PieceLayout.Span;
import sluice.storage.file.OpenFiles.OpenFile;

/** The byte space of a torrent on its files: positional reads and writes. Any worker. */
final class TorrentFiles implements OpenFiles.Opener {
  private final List<FileEntry> files;
  private final PieceLayout layout;
  private final FilePlaces places;
  private final OpenFiles open;

  /** Files with data that was not forced yet; guarded by itself. */
  private final BitSet dirty = new BitSet();

  TorrentFiles(List<FileEntry> files, PieceLayout layout, FilePlaces places, OpenFiles open) {
    this.files = List.copyOf(files);
    this.layout = layout;
    this.places = places;
    this.open = open;
  }

  List<FileEntry> entries() {
    return files;
  }

  PieceLayout layout() {
    return layout;
  }

  FilePlaces places() {
    return places;
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
      read(span, target.slice(start + span.at(), span.length()));
    }
    zero(target, start + done, length - done);
    target.position(start + length);
  }

  /** Writes the remaining bytes of {@code source} to {@code file}. */
  void write(int file, long offset, ByteBuffer source) throws IOException {
    try (OpenFile used = open.use(this, file, true)) {
      synchronized (dirty) {
        dirty.set(file);
      }
      long at = offset;
      while (source.hasRemaining()) {
        at += used.channel().write(source, at);
      }
    } catch (IOException e) {
      throw new FaultException(Faults.ofWrite(e, places.shown(files.get(file))));
    }
  }

  /** Forces what was written. Tries every file; one that fails stays marked. */
  void sync() throws IOException {
    BitSet todo;
    synchronized (dirty) {
      todo = (BitSet) dirty.clone();
      dirty.clear();
    }
    FaultException failure = null;
    for (int file = todo.nextSetBit(0); file >= 0; file = todo.nextSetBit(file + 1)) {
      try (OpenFile used = open.use(this, file, false)) {
        used.channel().force(false);
      } catch (IOException e) {
        failure = failure == null ? at(file, e) : failure;
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
    open.release(this);
  }

  @Override
  public FileChannel open(int file, boolean write) throws IOException {
    FileEntry entry = files.get(file);
    return write ? places.openToWrite(entry) : places.openToRead(entry);
  }

  private void read(Span span, ByteBuffer target) throws IOException {
    try (OpenFile used = open.use(this, span.file(), false)) {
      while (target.hasRemaining()) {
        int count = used.channel().read(target, span.fileOffset() + target.position());
        if (count < 0) {
          throw new EOFException();
        }
      }
    } catch (IOException e) {
      throw at(span.file(), e);
    }
  }

  private FaultException at(int file, IOException e) {
    return new FaultException(Faults.of(e, places.shown(files.get(file))));
  }

  private static void zero(ByteBuffer target, int from, int count) {
    for (int i = from; i < from + count; i++) {
      target.put(i, (byte) 0);
    }
  }
}
