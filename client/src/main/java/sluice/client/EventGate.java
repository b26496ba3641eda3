package sluice.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.port.Loop;
import sluice.engine.session.EngineEvent;

/**
 * Lets events pass in order, each once what it tells is recorded: what was reported is there after
 * a crash. Loop only.
 */
final class EventGate {
  /** Most events that are held; if more come, the record is not waited for. */
  static final int MAX_HELD = 10_000;

  private final Loop loop;
  private final Consumer<EngineEvent> out;
  private final Deque<Held> held = new ArrayDeque<>();

  private record Held(EngineEvent event, CompletableFuture<?> recorded) {}

  EventGate(Loop loop, Consumer<EngineEvent> out) {
    this.loop = loop;
    this.out = out;
  }

  /** Tells of {@code event} once it is {@code recorded}, or could not be. */
  void pass(EngineEvent event, CompletionStage<?> recorded) {
    CompletableFuture<?> record = recorded.toCompletableFuture();
    if (held.isEmpty() && record.isDone()) {
      out.accept(event);
      return;
    }
    held.add(new Held(event, record));
    recorded.whenComplete((done, failure) -> loop.execute(this::release));
  }

  private void release() {
    while (!held.isEmpty() && (held.getFirst().recorded().isDone() || held.size() > MAX_HELD)) {
      out.accept(held.removeFirst().event());
    }
  }
}
