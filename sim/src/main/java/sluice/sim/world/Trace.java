package sluice.sim.world;

import java.util.ArrayDeque;
import java.util.Locale;

/** What has happened: a running digest of all events, and the last few of them in words. */
final class Trace {
  private static final int KEPT_EVENTS = 12;

  private final ArrayDeque<SimEvent> last = new ArrayDeque<>(KEPT_EVENTS);
  private long digest;
  private long events;

  void add(SimEvent event) {
    events++;
    SimLoop owner = event.owner;
    note(event.at);
    note(((long) (owner == null ? 0 : owner.id()) << 32) ^ event.label.hashCode());
    if (last.size() == KEPT_EVENTS) {
      last.removeFirst();
    }
    last.addLast(event);
  }

  void note(long payload) {
    digest = Mix.of(digest ^ payload);
  }

  long digest() {
    return digest;
  }

  long events() {
    return events;
  }

  /** The last events, newest first. */
  String describe() {
    StringBuilder text = new StringBuilder("event ").append(events).append(", newest first:");
    last.descendingIterator().forEachRemaining(e -> text.append(' ').append(line(e)));
    return text.toString();
  }

  private static String line(SimEvent event) {
    SimLoop owner = event.owner;
    return String.format(
        Locale.ROOT,
        "[%.6f s %s %s]",
        event.at / 1e9,
        owner == null ? "world" : owner.name(),
        event.label);
  }
}
