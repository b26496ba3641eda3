package sluice.engine.port;

/**
 * One thread's event loop: the single writer of everything that is registered on it. {@link
 * #execute} may be called from any thread, the rest from the loop only.
 */
public interface Loop {
  /** Monotonic time in nanoseconds; only differences mean anything. */
  long now();

  /** Runs {@code task} on the loop once {@code delayNanos} have passed, unless cancelled. */
  Timer after(long delayNanos, Runnable task);

  /** Runs {@code task} on the loop soon, in order, never inside this call. */
  void execute(Runnable task);

  /** Whether the caller is on the loop. */
  boolean isCurrent();

  /** A task that waits for its time. */
  interface Timer {
    /** Forgets the task if it has not run. */
    void cancel();
  }
}
