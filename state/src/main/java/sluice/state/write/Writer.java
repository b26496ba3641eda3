package sluice.state.write;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sluice.state.fault.StateException;
import sluice.state.file.Reserve;
import sluice.state.sql.Database;

/**
 * The thread that owns the writing connection. Any thread may offer writes; they are done in the
 * order in which they were taken.
 */
public final class Writer {
  /** Longest time until what was handed over to the system is synced. */
  static final long MAX_UNSYNCED_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Time between tries to keep the reserve again. */
  private static final long RESERVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long FOREVER_NANOS = TimeUnit.HOURS.toNanos(1);

  private final Connection connection;
  private final Reserve reserve;
  private final Runnable afterCommit;
  private final Inbox inbox = new Inbox();
  private final Transactions transactions;
  private final Thread thread;
  private boolean isUnsynced;
  private long unsyncedSinceNanos;
  private boolean isReserveMissing = true;
  private long reserveAtNanos;
  private volatile @Nullable Exception failure;

  /** Takes over {@code connection}; {@code afterCommit} runs on the writer's thread. */
  public Writer(String name, Connection connection, Reserve reserve, Runnable afterCommit)
      throws SQLException {
    this.connection = connection;
    this.reserve = reserve;
    this.afterCommit = afterCommit;
    transactions = new Transactions(connection, reserve);
    reserveAtNanos = System.nanoTime();
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Queues {@code write}; its stage fails at once when it cannot wait. */
  public <T extends @Nullable Object> CompletionStage<T> offer(Write<T> write) {
    switch (inbox.offer(write)) {
      case TAKEN -> {}
      case FULL ->
          write.fail(
              new StateException(StateException.Kind.BUSY, "too many changes wait to be written"));
      case CLOSED ->
          write.fail(new StateException(StateException.Kind.CLOSED, "the state is closed"));
    }
    return write.done();
  }

  /** Waits until there is room for writes. Must not be called on the writer's thread. */
  public void awaitRoom() throws InterruptedException {
    inbox.awaitRoom();
  }

  /**
   * Does what waits, copies the log into the database, and ends the thread. Afterwards the
   * connection is closed.
   *
   * @throws StateException when something could not be written
   */
  public void close() throws InterruptedException {
    inbox.close();
    thread.join();
    Exception cause = failure;
    if (cause != null) {
      throw new StateException(
          StateException.Kind.IO, "the state could not be closed: " + cause.getMessage(), cause);
    }
  }

  /** Whether a write failed because the database is damaged. */
  public boolean sawDamage() {
    return transactions.sawDamage();
  }

  private void run() {
    try {
      while (!inbox.isDone()) {
        List<Write<?>> batch = inbox.take(idleNanos());
        if (!batch.isEmpty()) {
          note(transactions.commit(batch));
          afterCommit.run();
        }
        chores();
      }
      if (isUnsynced) {
        transactions.force();
      }
      Database.execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (InterruptedException | SQLException | RuntimeException e) {
      failure = e;
      inbox.close();
      failWaiting();
    } finally {
      closeConnection();
    }
  }

  private void failWaiting() {
    try {
      while (!inbox.isDone()) {
        for (Write<?> write : inbox.take(0)) {
          write.fail(new StateException(StateException.Kind.CLOSED, "the state is closed"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (SQLException e) {
      failure = e;
    }
  }

  private void note(Transactions.Outcome outcome) {
    switch (outcome) {
      case SYNCED -> isUnsynced = false;
      case HANDED_OVER, FAILED -> {
        if (!isUnsynced) {
          isUnsynced = true;
          unsyncedSinceNanos = System.nanoTime();
        }
      }
    }
  }

  private void chores() {
    long now = System.nanoTime();
    if (isUnsynced && now - unsyncedSinceNanos >= MAX_UNSYNCED_NANOS) {
      try {
        transactions.force();
        isUnsynced = false;
      } catch (SQLException e) {
        // Nothing that was acknowledged as synced depends on it; it is tried again.
        unsyncedSinceNanos = now;
      }
    }
    isReserveMissing |= transactions.tookReserve();
    if (isReserveMissing && now - reserveAtNanos >= 0) {
      try {
        isReserveMissing = !reserve.hold();
      } catch (IOException e) {
        // The disk is full, which is what the reserve is for; it is tried again.
        isReserveMissing = true;
      }
      reserveAtNanos = now + RESERVE_NANOS;
    }
  }

  private long idleNanos() {
    long now = System.nanoTime();
    long sync = isUnsynced ? unsyncedSinceNanos + MAX_UNSYNCED_NANOS - now : FOREVER_NANOS;
    long held = isReserveMissing ? reserveAtNanos - now : FOREVER_NANOS;
    return Math.max(0, Math.min(sync, held));
  }
}
