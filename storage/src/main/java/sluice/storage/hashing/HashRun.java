package sluice.storage.hashing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.protocol.metainfo.Draft;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.Scratch;
import sluice.storage.pool.Workers;

/**
 * Hashes all pieces of a draft on all cores. The caller waits and is told the progress on its own
 * thread. The queue holds at most one step for each stretch of pieces and each worker.
 */
final class HashRun {
  private static final int STRETCH_BYTES = 4 << 20;

  private final Draft draft;
  private final PieceLayout layout;
  private final List<Path> paths;
  private final int stretch;
  private final AtomicInteger next = new AtomicInteger();
  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  HashRun(Draft draft, List<Path> paths) {
    this.draft = draft;
    this.layout = draft.layout();
    this.paths = paths;
    this.stretch = Math.max(1, STRETCH_BYTES / layout.pieceLength());
  }

  void run(TorrentMaker.Progress progress) throws IOException, InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    Optional<IOException> failure = Optional.empty();
    try (Workers workers = new Workers("sluice-hash", threads, threads)) {
      for (int i = 0; i < threads; i++) {
        if (!workers.offer(this::work)) {
          throw new IllegalStateException("the queue has room for every worker");
        }
      }
      long done = 0;
      for (int running = threads; running > 0; ) {
        switch (steps.take()) {
          case Hashed hashed -> {
            done += hashed.bytes;
            progress.hashed(done, layout.totalLength());
          }
          case Ended ended -> {
            running--;
            failure = failure.or(() -> ended.failure);
          }
        }
      }
    } finally {
      stopped = true;
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void work(Scratch scratch) {
    Optional<IOException> failure = Optional.empty();
    try (FileHasher hasher = new FileHasher(draft, paths)) {
      int from = next.getAndAdd(stretch);
      while (!stopped && from >= 0 && from < layout.pieceCount()) {
        hashStretch(scratch, hasher, from);
        from = next.getAndAdd(stretch);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (RuntimeException | Error e) {
      failure = Optional.of(new IOException("internal error: " + e, e));
    } finally {
      stopped = stopped || failure.isPresent();
      steps.add(new Ended(failure));
    }
  }

  private void hashStretch(Scratch scratch, FileHasher hasher, int from) throws IOException {
    int to = Math.min(layout.pieceCount(), from + stretch);
    long bytes = 0;
    for (int piece = from; piece < to && !stopped; piece++) {
      hasher.hash(scratch, piece);
      bytes += layout.pieceSize(piece);
    }
    steps.add(new Hashed(bytes));
  }

  private sealed interface Step {}

  private record Hashed(long bytes) implements Step {}

  private record Ended(Optional<IOException> failure) implements Step {}
}
