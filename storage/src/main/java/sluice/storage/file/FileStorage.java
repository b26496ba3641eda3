package sluice.storage.file;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.merkle.PieceHash;
import sluice.protocol.metainfo.PieceLayout;
import sluice.storage.pool.PooledBlock;
import sluice.storage.pool.Scratch;
import sluice.storage.pool.Workers;

/**
 * A torrent on real files. Its methods and its fields belong to the loop; work goes to the disk's
 * threads and comes back through {@link Completions}.
 *
 * <p>Every operation ends exactly once. Holds on blocks that passed to the storage are released by
 * the worker, or here when no worker took the job.
 */
final class FileStorage implements Storage {
  private static final System.Logger LOG = System.getLogger(FileStorage.class.getName());

  private final Disk disk;
  private final Loop loop;
  private final Completions completions;
  private final TorrentFiles files;
  private final PieceWork pieces;
  private final List<CheckRun> checks = new ArrayList<>(1);
  private int running;
  private @Nullable DoneHandler closing;

  FileStorage(Disk disk, Loop loop, TorrentFiles files) {
    this.disk = disk;
    this.loop = loop;
    this.completions = new Completions(loop);
    this.files = files;
    this.pieces = new PieceWork(files);
  }

  @Override
  public void read(List<Slice> slices, ReadHandler handler) {
    for (Slice slice : slices) {
      if (!files.layout().isRequest(slice.piece(), slice.begin(), slice.length())) {
        throw new IllegalArgumentException("not a part of the torrent: " + slice);
      }
    }
    ReadWork work = new ReadWork(files, disk.pool(), List.copyOf(slices));
    start(
        disk.readers(),
        List.of(),
        scratch -> {
          List<List<Block>> blocks = work.run(scratch);
          return () -> handler.onRead(blocks);
        },
        handler::onFault);
  }

  @Override
  public void commit(int piece, List<Block> blocks, PieceHash expected, CommitHandler handler) {
    PieceLayout layout = files.layout();
    if (blocks.size() != layout.blockCount(piece)) {
      throw new IllegalArgumentException(
          "piece " + piece + " has " + layout.blockCount(piece) + " blocks, not " + blocks.size());
    }
    List<Block> all = List.copyOf(blocks);
    start(
        disk.writers(),
        all,
        scratch -> {
          if (!pieces.isGood(scratch, piece, all, expected)) {
            List<Long> digests = pieces.digests(scratch, piece, 0, all);
            return () -> handler.onBad(digests);
          }
          pieces.write(piece, 0, all);
          return handler::onGood;
        },
        handler::onFault);
  }

  @Override
  public void spill(int piece, int firstBlock, List<Block> blocks, SpillHandler handler) {
    if (blocks.isEmpty() || firstBlock + blocks.size() > files.layout().blockCount(piece)) {
      throw new IllegalArgumentException("no such blocks of piece " + piece);
    }
    List<Block> some = List.copyOf(blocks);
    start(
        disk.writers(),
        some,
        scratch -> {
          List<Long> digests = pieces.digests(scratch, piece, firstBlock, some);
          pieces.write(piece, firstBlock, some);
          return () -> handler.onSpilled(digests);
        },
        handler::onFault);
  }

  @Override
  public void verify(int piece, PieceHash expected, CommitHandler handler) {
    start(
        disk.writers(),
        List.of(),
        scratch -> {
          if (pieces.isGoodOnDisk(scratch, piece, expected, () -> false).orElse(false)) {
            return handler::onGood;
          }
          List<Long> digests = pieces.digestsOnDisk(scratch, piece);
          return () -> handler.onBad(digests);
        },
        handler::onFault);
  }

  @Override
  public Check check(BitSet which, IntFunction<PieceHash> expected, CheckHandler handler) {
    assert loop.isCurrent();
    Workers workers = disk.checkers();
    CheckRun run =
        new CheckRun(
            files, (BitSet) which.clone(), expected, handler, completions, workers.count());
    checks.add(run);
    for (int i = 0; i < workers.count(); i++) {
      run.join();
      start(
          workers,
          List.of(),
          scratch -> run.run(scratch) ? () -> endCheck(run) : () -> {},
          fault -> {
            run.fail(fault);
            if (run.leave()) {
              endCheck(run);
            }
          });
    }
    return run;
  }

  @Override
  public void leaves(int piece, LeavesHandler handler) {
    start(
        disk.checkers(),
        List.of(),
        scratch -> {
          byte[] leaves = pieces.leavesOnDisk(scratch, piece);
          return () -> handler.onLeaves(leaves);
        },
        handler::onFault);
  }

  @Override
  public void prepare(DoneHandler handler) {
    chore(new Preparation(files)::run, handler);
  }

  @Override
  public void sync(DoneHandler handler) {
    chore(files::sync, handler);
  }

  @Override
  public void close(DoneHandler handler) {
    assert loop.isCurrent();
    if (closing != null) {
      throw new IllegalStateException("closed already");
    }
    closing = handler;
    checks.forEach(CheckRun::cancel);
    closeWhenIdle();
  }

  private void endCheck(CheckRun run) {
    checks.remove(run);
    run.tellEnd();
  }

  private void chore(Chore chore, DoneHandler handler) {
    start(
        disk.chores(),
        List.of(),
        scratch -> {
          chore.run();
          return handler::onDone;
        },
        handler::onFault);
  }

  private void start(Workers workers, List<Block> held, Task task, Consumer<Fault> onFault) {
    assert loop.isCurrent();
    running++;
    boolean queued =
        closing == null
            && workers.offer(scratch -> {
              Runnable outcome = outcome(task, scratch, held, onFault);
              completions.post(() -> end(outcome));
            });
    if (!queued) {
      PooledBlock.release(held);
      Fault fault =
          closing == null
              ? new Fault(Fault.Kind.NO_SPACE, "too many disk operations are waiting")
              : new Fault(Fault.Kind.CLOSED, places() + ": closed");
      completions.post(() -> end(() -> onFault.accept(fault)));
    }
  }

  private Runnable outcome(Task task, Scratch scratch, List<Block> held, Consumer<Fault> onFault) {
    try {
      return task.run(scratch);
    } catch (IOException e) {
      Fault fault = Faults.of(e, places());
      return () -> onFault.accept(fault);
    } catch (InvalidPathException e) {
      Fault fault = Faults.of(e);
      return () -> onFault.accept(fault);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a disk operation failed unexpectedly", e);
      Fault fault = new Fault(Fault.Kind.IO, places() + ": internal error: " + e);
      return () -> onFault.accept(fault);
    } finally {
      PooledBlock.release(held);
    }
  }

  private void end(Runnable outcome) {
    running--;
    try {
      outcome.run();
    } finally {
      closeWhenIdle();
    }
  }

  private void closeWhenIdle() {
    DoneHandler handler = closing;
    if (handler == null || running > 0) {
      return;
    }
    running++;
    Task task =
        scratch -> {
          try {
            files.sync();
          } finally {
            files.close();
          }
          return handler::onDone;
        };
    boolean queued =
        disk.chores()
            .offer(
                scratch -> completions.post(outcome(task, scratch, List.of(), handler::onFault)));
    if (!queued) {
      completions.post(
          () -> handler.onFault(new Fault(Fault.Kind.CLOSED, "the disk threads are closed")));
    }
  }

  private java.nio.file.Path places() {
    return files.places().folder();
  }

  /** Work on a worker; gives what is to be told on the loop. */
  private interface Task {
    Runnable run(Scratch scratch) throws IOException;
  }

  /** Work on files without a result. */
  private interface Chore {
    void run() throws IOException;
  }
}
