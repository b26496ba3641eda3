package sluice.storage.file;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Running;
import sluice.storage.pool.PooledBlock;
import sluice.storage.pool.Scratch;
import sluice.storage.pool.Workers;

/**
 * What runs for one storage. Belongs to the loop; work goes to the disk's threads and comes back
 * through {@link Completions}.
 *
 * <p>Every job ends exactly once. Holds on blocks that passed to the storage are released by the
 * worker, or here when no worker took the job.
 */
final class Jobs {
  private static final System.Logger LOG = System.getLogger(Jobs.class.getName());

  private final Disk disk;
  private final Loop loop;
  private final Completions completions;
  private final Path folder;
  private final Turnstile turnstile = new Turnstile();

  /** What gives up the changes that run or wait. */
  private final List<AtomicBoolean> changes = new ArrayList<>(1);

  private int running;
  private Optional<Closing> closing = Optional.empty();

  /** The folder is for people. */
  Jobs(Disk disk, Loop loop, Completions completions, Path folder) {
    this.disk = disk;
    this.loop = loop;
    this.completions = completions;
    this.folder = folder;
  }

  /** Starts something that writes, when no change runs. */
  void write(List<Block> held, Task task, Consumer<Fault> onFault) {
    assert loop.isCurrent();
    turnstile.write(() -> start(disk.writers(), held, task, onFault, turnstile::endWrite));
  }

  /** Starts something that nothing may be written beside. */
  Running change(Change change, Consumer<Fault> onFault) {
    assert loop.isCurrent();
    AtomicBoolean cancelled = new AtomicBoolean();
    changes.add(cancelled);
    Runnable atEnd =
        () -> {
          changes.remove(cancelled);
          turnstile.endChange();
        };
    turnstile.change(() ->
        start(disk.movers(), List.of(), scratch -> change.run(scratch, cancelled), onFault, atEnd));
    return () -> cancelled.set(true);
  }

  /** Starts something; {@code atEnd} runs on the loop after its outcome. */
  void start(
      Workers workers, List<Block> held, Task task, Consumer<Fault> onFault, Runnable atEnd) {
    assert loop.isCurrent();
    running++;
    boolean queued =
        closing.isEmpty()
            && workers.offer(scratch -> {
              Runnable outcome = outcome(task, scratch, held, onFault);
              completions.post(() -> end(outcome, atEnd));
            });
    if (!queued) {
      PooledBlock.release(held);
      Fault fault =
          closing.isEmpty()
              ? new Fault(Fault.Kind.NO_SPACE, "too many disk operations are waiting")
              : new Fault(Fault.Kind.CLOSED, folder + ": closed");
      completions.post(() -> end(() -> onFault.accept(fault), atEnd));
    }
  }

  private Runnable outcome(Task task, Scratch scratch, List<Block> held, Consumer<Fault> onFault) {
    try {
      return task.run(scratch);
    } catch (IOException e) {
      Fault fault = Faults.of(e, folder);
      return () -> onFault.accept(fault);
    } catch (InvalidPathException e) {
      Fault fault = Faults.of(e);
      return () -> onFault.accept(fault);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "a disk operation failed unexpectedly", e);
      Fault fault = new Fault(Fault.Kind.IO, folder + ": internal error: " + e);
      return () -> onFault.accept(fault);
    } finally {
      PooledBlock.release(held);
    }
  }

  private void end(Runnable outcome, Runnable atEnd) {
    running--;
    try {
      outcome.run();
    } finally {
      atEnd.run();
      closeWhenIdle();
    }
  }

  /** Gives up the changes that run, and starts {@code last} when everything has ended. */
  void close(Task last, Consumer<Fault> onFault) {
    if (closing.isPresent()) {
      throw new IllegalStateException("closed already");
    }
    closing = Optional.of(new Closing(last, onFault));
    changes.forEach(change -> change.set(true));
    closeWhenIdle();
  }

  private void closeWhenIdle() {
    if (closing.isEmpty() || running > 0) {
      return;
    }
    running++;
    Closing end = closing.get();
    boolean queued =
        disk.chores()
            .offer(scratch ->
                completions.post(outcome(end.last(), scratch, List.of(), end.onFault())));
    if (!queued) {
      completions.post(
          () -> end.onFault().accept(new Fault(Fault.Kind.CLOSED, "the disk threads are closed")));
    }
  }

  /** What is to be done at the end. */
  private record Closing(Task last, Consumer<Fault> onFault) {}

  /** Work on a worker; gives what is to be told on the loop. */
  interface Task {
    Runnable run(Scratch scratch) throws IOException;
  }

  /** Work that may be given up. */
  interface Change {
    Runnable run(Scratch scratch, AtomicBoolean cancelled) throws IOException;
  }
}
