package sluice.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.session.Outcome;
import sluice.engine.torrent.Reading;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;

/**
 * One file of a torrent, read while it downloads: what is about to be read is fetched before all
 * else, and a read waits until its bytes are verified. The file becomes wanted as it is read. One
 * thread reads; any may close. It ends neither with an interrupt nor when the torrent stops: a read
 * fails then, and the next one tries again.
 */
public final class FileStream extends InputStream {
  /** So far ahead of the reader pieces are due. */
  private static final long AHEAD_BYTES = 16L << 20;

  private static final int MIN_AHEAD_PIECES = 2;
  private static final int MAX_AHEAD_PIECES = 256;

  /** How fast the reader is taken to be, which says when each piece ahead of it is due. */
  private static final long NOMINAL_BYTES_PER_SECOND = 4L << 20;

  /** Other readers of the torrent may have withdrawn what is due: it is said again so often. */
  private static final long REMIND_MILLIS = 2_000;

  private final TorrentHandle handle;
  private final PieceLayout layout;
  private final FileEntry file;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long position;

  /** Place in the file of the first byte in {@link #buffer}. */
  private long bufferStart;

  private int duePiece = -1;
  private volatile CompletableFuture<Outcome> reading =
      CompletableFuture.completedFuture(new Outcome.Done());
  private volatile boolean closed;

  FileStream(TorrentHandle handle, PieceLayout layout, FileEntry file) {
    this.handle = handle;
    this.layout = layout;
    this.file = file;
  }

  /** Bytes of the file. */
  public long length() {
    return file.length();
  }

  /** Place of the next byte to be read. */
  public long position() {
    return position;
  }

  /**
   * Reads from {@code place} on, which may be the end or beyond; nothing is due that was to be read
   * before.
   */
  public void seek(long place) {
    if (place < 0) {
      throw new IllegalArgumentException("before the beginning: " + place);
    }
    position = place;
    duePiece = -1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Waits until at least one byte is there. */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0) {
      return 0;
    }
    if (position >= file.length()) {
      return -1;
    }
    if (available() == 0) {
      fill();
    }
    int count = Math.min(length, available());
    buffer.get((int) (position - bufferStart), into, offset, count);
    position += count;
    return count;
  }

  /** Bytes that are in memory. */
  @Override
  public int available() {
    long end = bufferStart + buffer.limit();
    return position >= bufferStart && position < end ? (int) (end - position) : 0;
  }

  /** Moves without fetching what is passed over. */
  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, Math.max(0, file.length() - position));
    if (skipped > available()) {
      seek(position + skipped);
    } else {
      position += skipped;
    }
    return skipped;
  }

  /**
   * @throws EOFException when the file ends before
   */
  @Override
  public void skipNBytes(long count) throws IOException {
    if (skip(count) < Math.max(0, count)) {
      throw new EOFException();
    }
  }

  /** Ends a read that waits; nothing of the torrent is due any more. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      reading.cancel(false);
      handle.nothingDue();
    }
  }

  private void fill() throws IOException {
    long at = file.offset() + position;
    int piece = (int) (at / layout.pieceLength());
    int begin = (int) (at % layout.pieceLength());
    int length =
        (int)
            Math.min(
                Math.min(Reading.MAX_BYTES, layout.pieceSize(piece) - begin),
                file.length() - position);
    if (piece != duePiece) {
      demand(piece);
    }
    // What comes after this read was given up goes to nobody.
    AtomicReference<ByteBuffer> bytes = new AtomicReference<>(buffer);
    do {
      reading = handle.read(new Storage.Slice(piece, begin, length), bytes::set);
      if (closed) {
        reading.cancel(false);
      }
    } while (!isRead(await(piece)));
    buffer = bytes.get();
    bufferStart = position;
  }

  /** Asks for the pieces that are read next. */
  private void demand(int piece) {
    if (duePiece != piece - 1) {
      handle.nothingDue();
    }
    duePiece = piece;
    long ahead = Math.clamp(AHEAD_BYTES / layout.pieceLength(), MIN_AHEAD_PIECES, MAX_AHEAD_PIECES);
    int last = (int) Math.min(layout.lastPiece(file), piece + ahead);
    long millisEach = layout.pieceLength() * 1_000L / NOMINAL_BYTES_PER_SECOND;
    for (int next = piece; next <= last; next++) {
      handle.due(next, Duration.ofMillis((next - piece) * millisEach));
    }
  }

  private Outcome await(int piece) throws IOException {
    while (true) {
      try {
        return reading.get(REMIND_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        demand(piece);
      } catch (InterruptedException e) {
        reading.cancel(false);
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      } catch (CancellationException e) {
        throw new IOException("the stream is closed", e);
      } catch (ExecutionException e) {
        throw new IOException("the read ended in a bug", e);
      }
    }
  }

  /** False: the torrent ended its run meanwhile, and may have begun another. */
  private static boolean isRead(Outcome outcome) throws IOException {
    return switch (outcome) {
      case Outcome.Done done -> true;
      case Outcome.Failed(var fault) when fault.kind() == Fault.Kind.CLOSED -> false;
      case Outcome.Unknown unknown -> throw new IOException("there is no such torrent");
      case Outcome.Refused(String reason) -> throw new IOException(reason);
      case Outcome.Failed(var fault) -> throw new IOException(fault.detail());
    };
  }
}
