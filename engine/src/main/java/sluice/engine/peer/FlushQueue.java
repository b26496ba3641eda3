package sluice.engine.peer;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;

/** Flushes pipes once per turn of the loop, however many messages were queued. Loop only. */
public final class FlushQueue {
  private final Loop loop;
  private List<Pipe> dirty = new ArrayList<>();
  private List<Pipe> spare = new ArrayList<>();

  /** A queue for all pipes of {@code loop}. */
  public FlushQueue(Loop loop) {
    this.loop = loop;
  }

  /** Flushes {@code pipe} at the end of this turn; once for each time that it is added. */
  public void add(Pipe pipe) {
    if (dirty.isEmpty()) {
      loop.execute(this::flush);
    }
    dirty.add(pipe);
  }

  private void flush() {
    List<Pipe> turn = dirty;
    dirty = spare;
    spare = turn;
    turn.forEach(Pipe::flush);
    turn.clear();
  }
}
