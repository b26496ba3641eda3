package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;

/**
 * The last steps of a torrent: waits for what is being written, records how far it is and closes
 * the storage. Loop only.
 */
final class Ending implements Storage.DoneHandler {
  private static final long WRITING_NANOS = 20_000_000L;

  private final Loop loop;
  private final Storage storage;
  private final BooleanSupplier writing;
  private final Consumer<Fault> failed;

  /** Who waits for the end; the torrent is stopping from the first one on. */
  private final List<Runnable> waiting = new ArrayList<>(1);

  private boolean closed;

  Ending(Loop loop, Storage storage, BooleanSupplier writing, Consumer<Fault> failed) {
    this.loop = loop;
    this.storage = storage;
    this.writing = writing;
    this.failed = failed;
  }

  /** Runs {@code done} at the end. True if nobody has asked for the end before. */
  boolean ask(Runnable done) {
    if (closed) {
      done.run();
      return false;
    }
    waiting.add(done);
    return waiting.size() == 1;
  }

  /** Nothing is asked of the storage any more: {@code last} is, and then it is closed. */
  void close(Consumer<Runnable> last) {
    if (writing.getAsBoolean()) {
      loop.after(WRITING_NANOS, () -> close(last));
    } else {
      last.accept(() -> storage.close(this));
    }
  }

  @Override
  public void onDone() {
    closed = true;
    waiting.forEach(Runnable::run);
  }

  @Override
  public void onFault(Fault fault) {
    failed.accept(fault);
    onDone();
  }
}
