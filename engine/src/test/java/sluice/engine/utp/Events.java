package sluice.engine.utp;

import java.util.PriorityQueue;

/** Virtual time: what is to happen, in order. */
final class Events {
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long now;
  private long count;

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  long now() {
    return now;
  }

  void after(long nanos, Runnable action) {
    queue.add(new Event(now + nanos, count++, action));
  }

  /** Lets {@code nanos} pass. */
  void run(long nanos) {
    long end = now + nanos;
    while (!queue.isEmpty() && queue.peek().at <= end) {
      Event next = queue.remove();
      now = next.at;
      next.action.run();
    }
    now = end;
  }
}
