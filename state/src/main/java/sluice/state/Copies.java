package sluice.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sluice.state.fault.StateException;
import sluice.state.sql.Database;
import sluice.state.sql.Snapshot;
import sluice.state.sql.SqlFaults;

/**
 * Copies the database from time to time, on a thread of its own, and when it is closed. A copy is
 * made only if something was written since the last one, and so seldom that copying takes at most a
 * hundredth of the time.
 */
final class Copies {
  private static final int COST_FACTOR = 100;

  private final Path file;
  private final Path copy;
  private final StateOptions options;
  private final AtomicBoolean isChanged = new AtomicBoolean();
  private final AtomicReference<@Nullable StateException> lastFailure = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();
  private volatile long nextNanos;

  Copies(Path file, Path copy, StateOptions options) {
    this.file = file;
    this.copy = copy;
    this.options = options;
    nextNanos = System.nanoTime() + options.copyInterval().toNanos();
    isChanged.set(!Files.exists(copy));
  }

  /** Something was committed; the writer's thread. */
  void changed() {
    isChanged.set(true);
    if (System.nanoTime() - nextNanos >= 0 && running.get() == null) {
      Thread thread = new Thread(this::inBackground, "state-copy");
      thread.setDaemon(true);
      running.set(thread);
      thread.start();
    }
  }

  /** Why the last copy failed, or null. */
  @Nullable StateException lastFailure() {
    return lastFailure.get();
  }

  /** Waits for a copy that is being made, and makes one if that is due. */
  void close() throws InterruptedException, IOException {
    Thread thread = running.get();
    if (thread != null) {
      thread.join();
    }
    if (isChanged.get() && Files.size(file) <= options.maxCopyAtCloseBytes()) {
      take();
    }
  }

  private void inBackground() {
    try {
      take();
    } finally {
      running.set(null);
    }
  }

  private void take() {
    long began = System.nanoTime();
    isChanged.set(false);
    try (Connection connection = Database.copier(file)) {
      Snapshot.take(connection, copy);
      lastFailure.set(null);
    } catch (StateException e) {
      failed(e);
    } catch (SQLException e) {
      failed(SqlFaults.translate("copying the database", e));
    } catch (IOException e) {
      failed(new StateException(StateException.Kind.IO, "copying the database: " + e, e));
    }
    long now = System.nanoTime();
    nextNanos = now + Math.max(options.copyInterval().toNanos(), COST_FACTOR * (now - began));
  }

  private void failed(StateException e) {
    isChanged.set(true);
    lastFailure.set(e);
  }
}
