package sluice.storage.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.engine.port.Storage.CheckHandler;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout.Span;
import sluice.storage.pool.Scratch;

/**
 * A check of existing data, of all pieces or some. Workers take stretches of pieces in order until
 * none is left; a piece that touches a missing or short file is not read. Fields are shared by the
 * workers.
 */
final class CheckRun implements Storage.Check {
  /** Pieces of a stretch have about this many bytes: what is reported at a time. */
  private static final int STRETCH_BYTES = 16 << 20;

  /** Each worker should get several stretches, so that all end at about the same time. */
  private static final int STRETCHES_PER_WORKER = 8;

  private static final long UNKNOWN = -2;

  private final TorrentFiles files;
  private final PieceWork work;
  private final BitSet which;
  private final int count;
  private final IntFunction<PieceHash> expected;
  private final CheckHandler handler;
  private final Completions completions;
  private final int stretch;

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
  private final AtomicLongArray sizes;
  private volatile boolean stopped;

  CheckRun(
      TorrentFiles files,
      BitSet which,
      IntFunction<PieceHash> expected,
      CheckHandler handler,
      Completions completions,
      int threads) {
    this.files = files;
    this.work = new PieceWork(files);
    this.which = which;
    this.count = which.length();
    this.expected = expected;
    this.handler = handler;
    this.completions = completions;
    int most = Math.max(1, STRETCH_BYTES / files.layout().pieceLength());
    stretch = Math.clamp(which.length() / (threads * STRETCHES_PER_WORKER), 1, most);
    long[] unknown = new long[files.entries().size()];
    Arrays.fill(unknown, UNKNOWN);
    sizes = new AtomicLongArray(unknown);
  }

  @Override
  public void cancel() {
    stopped = true;
  }

  /** Announces that one more worker will run. */
  void join() {
    workers.incrementAndGet();
  }

  /** Stops because of {@code cause}, which is told at the end. */
  void fail(Fault cause) {
    fault.compareAndSet(null, cause);
    stopped = true;
  }

  /** Works until nothing is left; true for the worker that leaves last. */
  boolean run(Scratch scratch) throws IOException {
    while (!stopped) {
      int from = next.getAndAdd(stretch);
      if (from >= count || from < 0) {
        break;
      }
      check(scratch, from, Math.min(count, from + stretch));
    }
    return leave();
  }

  /** Ends a worker; true for the last one. */
  boolean leave() {
    return workers.decrementAndGet() == 0;
  }

  /** Tells the end, on the loop. */
  void tellEnd() {
    Fault cause = fault.get();
    if (cause == null) {
      handler.onEnd();
    } else {
      handler.onFault(cause);
    }
  }

  private void check(Scratch scratch, int from, int to) throws IOException {
    BitSet good = new BitSet(to);
    int first = which.nextSetBit(from);
    for (int piece = first;
        piece >= 0 && piece < to && !stopped;
        piece = which.nextSetBit(piece + 1)) {
      if (isThere(piece) && isGood(scratch, piece)) {
        files.found(piece);
        good.set(piece);
      }
    }
    if (!stopped && first >= 0 && first < to) {
      completions.post(() -> handler.onChecked(from, to, good));
    }
  }

  private boolean isGood(Scratch scratch, int piece) throws IOException {
    return work.isRightOnDisk(scratch, piece, expected.apply(piece), () -> stopped);
  }

  private boolean isThere(int piece) throws IOException {
    for (Span span : files.layout().spans(piece, 0, files.layout().pieceSize(piece))) {
      boolean there =
          files.selection().isParted(span.file())
              ? files.selection().has(span.file(), span.fileOffset(), span.length())
              : span.fileOffset() + span.length() <= size(span.file());
      if (!there) {
        return false;
      }
    }
    return true;
  }

  private long size(int file) throws IOException {
    long known = sizes.get(file);
    if (known == UNKNOWN) {
      known = files.places().size(files.entries().get(file));
      sizes.set(file, known);
    }
    return known;
  }
}
