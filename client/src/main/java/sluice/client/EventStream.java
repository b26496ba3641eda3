package sluice.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import sluice.engine.session.EngineEvent;

/**
 * Events of a client for one reader, in order. At most {@link #CAPACITY} wait for it; what does not
 * fit is dropped and counted, so that a slow reader never holds up the engine.
 */
public final class EventStream implements AutoCloseable {
  /** Most events that wait for the reader. */
  public static final int CAPACITY = 10_000;

  private final BlockingQueue<EngineEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private final Consumer<EventStream> onClose;

  EventStream(Consumer<EventStream> onClose) {
    this.onClose = onClose;
  }

  void offer(EngineEvent event) {
    if (!queue.offer(event)) {
      lost.incrementAndGet();
    }
  }

  /** The next event; empty if none comes in {@code timeout}. */
  public Optional<EngineEvent> next(Duration timeout) throws InterruptedException {
    return Optional.ofNullable(queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Events that were dropped so far. After one was, look at the snapshots. */
  public long lost() {
    return lost.get();
  }

  /** Receives no more events. */
  @Override
  public void close() {
    onClose.accept(this);
  }
}
