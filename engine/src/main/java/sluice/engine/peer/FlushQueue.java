package sluice.engine.peer;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Loop;

/** Flushes outboxes once per turn of the loop, however many messages were queued. Loop only. */
public final class FlushQueue {
  private final Loop loop;
  private List<Outbox> dirty = new ArrayList<>();
  private List<Outbox> spare = new ArrayList<>();

  /** A queue for all outboxes of {@code loop}. */
  public FlushQueue(Loop loop) {
    this.loop = loop;
  }

  /** Flushes {@code outbox} at the end of this turn. It is not to be added again before that. */
  void add(Outbox outbox) {
    if (dirty.isEmpty()) {
      loop.execute(this::flush);
    }
    dirty.add(outbox);
  }

  private void flush() {
    List<Outbox> turn = dirty;
    dirty = spare;
    spare = turn;
    turn.forEach(Outbox::flush);
    turn.clear();
  }
}
