package sluice.ledger.purse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sluice.engine.port.Loop;

/** A loop without timers, and answers that a test waits for. */
final class TestLoop implements Loop, AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** Something that answers later. */
  interface Call<T> {
    void ask(Consumer<T> told);
  }

  /** The answer of a call. */
  <T> T answer(Call<T> call) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    call.ask(answer::complete);
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public long now() {
    return System.nanoTime();
  }

  @Override
  public Timer after(long delayNanos, Runnable task) {
    throw new UnsupportedOperationException("no timers");
  }

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return false;
  }

  @Override
  public void close() {
    thread.close();
  }
}
