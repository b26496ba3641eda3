package sluice.storage.file;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets many writes pass together and each change of places alone; who came first goes first.
 * Belongs to the loop. Writes that wait hold blocks, so the memory of blocks bounds them.
 */
final class Turnstile {
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private int writes;
  private boolean changing;

  /** Starts a write, soon or later; {@link #endWrite} follows. */
  void write(Runnable start) {
    queue.add(new Waiting(start, false));
    turn();
  }

  /** Starts a change when it is alone; {@link #endChange} follows. */
  void change(Runnable start) {
    queue.add(new Waiting(start, true));
    turn();
  }

  void endWrite() {
    writes--;
    turn();
  }

  void endChange() {
    changing = false;
    turn();
  }

  private void turn() {
    while (!queue.isEmpty() && !changing) {
      Waiting next = queue.peek();
      if (next.alone() && writes > 0) {
        return;
      }
      queue.remove();
      changing = next.alone();
      writes += next.alone() ? 0 : 1;
      next.start().run();
    }
  }

  /** Something that has not started. */
  private record Waiting(Runnable start, boolean alone) {}
}
