package sluice.engine.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import sluice.engine.port.Loop;

/**
 * Lets entries begin to run by turns, so that a start of very many at once has few open at a time
 * that are not yet of use. An entry is inside from the moment that its files are opened until its
 * data have been looked at. Loop only.
 */
final class Turnstile {
  /** Most that are inside, but for slow ones. */
  static final int MOST = 32;

  /** Most that are inside in all: some have all their data to check, which takes long. */
  static final int MOST_SLOW = 128;

  private static final long SLOW_NANOS = 2_000_000_000L;

  private final Loop loop;

  /** Since when each is inside, the first in front. */
  private final Map<Entry, Long> inside = new LinkedHashMap<>();

  private final Set<Entry> line = new LinkedHashSet<>();

  /** Those that somebody waits for. */
  private final Deque<Entry> urgent = new ArrayDeque<>();

  private boolean stirred;

  Turnstile(Loop loop) {
    this.loop = loop;
  }

  /** Whether {@code entry} may go on; if not, {@link Entry#idle} is called when it may. */
  boolean enter(Entry entry) {
    if (inside.containsKey(entry)) {
      return true;
    }
    if (line.isEmpty() && hasRoom()) {
      inside.put(entry, loop.now());
      return true;
    }
    line.add(entry);
    stir();
    return false;
  }

  /** Somebody waits for {@code entry}: it is among the next ones. */
  void hurry(Entry entry) {
    if (line.contains(entry)) {
      urgent.add(entry);
    }
  }

  /** Something about {@code entry} has changed. */
  void look(Entry entry) {
    if (!entry.isLined()) {
      line.remove(entry);
    }
    if (!entry.isStarting() && inside.remove(entry) != null) {
      stir();
    }
  }

  /** A second has passed. */
  void tick() {
    stir();
  }

  private boolean hasRoom() {
    long now = loop.now();
    long slow = inside.values().stream().takeWhile(since -> now - since >= SLOW_NANOS).count();
    return inside.size() < MOST_SLOW && inside.size() - slow < MOST;
  }

  private void stir() {
    if (!stirred && !line.isEmpty()) {
      stirred = true;
      loop.execute(this::admit);
    }
  }

  private void admit() {
    stirred = false;
    while (!line.isEmpty() && hasRoom()) {
      Entry next = next();
      line.remove(next);
      inside.put(next, loop.now());
      next.idle();
    }
  }

  private Entry next() {
    while (!urgent.isEmpty()) {
      Entry first = urgent.remove();
      if (line.contains(first)) {
        return first;
      }
    }
    return line.iterator().next();
  }
}
