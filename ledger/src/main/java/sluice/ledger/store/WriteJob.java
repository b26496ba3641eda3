package sluice.ledger.store;

import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work of one writer, which waits for its turn. Written by the thread whose turn it is, read by its
 * own once {@link #awaitTurn} returns.
 */
final class WriteJob<T> {
  private final long nowSeconds;
  private final Function<Books, T> work;
  private final boolean shares;
  private final Semaphore turn = new Semaphore(0);
  private @Nullable Supplier<T> result;
  private @Nullable Throwable failure;
  private boolean done;

  /** {@code shares}: its transaction may have work of others in it, and it may be run again. */
  WriteJob(long nowSeconds, Function<Books, T> work, boolean shares) {
    this.nowSeconds = nowSeconds;
    this.work = work;
    this.shares = shares;
  }

  boolean shares() {
    return shares;
  }

  long nowSeconds() {
    return nowSeconds;
  }

  /** Does it within a transaction that is not committed. */
  void run(Books books) {
    T value = work.apply(books);
    result = () -> value;
  }

  /** The transaction is committed. */
  void committed() {
    done = true;
  }

  /** Nothing of it is committed, or nobody knows. */
  void failed(Throwable cause) {
    failure = cause;
    done = true;
  }

  void wake() {
    turn.release();
  }

  void awaitTurn() {
    turn.acquireUninterruptibly();
  }

  boolean isDone() {
    return done;
  }

  /** What the work has returned, or thrown. */
  T answer() {
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> {}
    }
    if (result == null) {
      throw new IllegalStateException("not done");
    }
    return result.get();
  }
}
