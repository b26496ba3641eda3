package sluice.tracker.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.tracker.service.Clock;

/**
 * Connections in the order in which they were last of use, by seconds; the first are closed when
 * they are idle too long, or when there are too many. Used by one thread.
 */
final class IdleList<T> {
  private final Clock clock;
  private final int idleSeconds;
  private final int most;
  private final Consumer<T> closer;

  /** Connections, those of longest idleness first, with when they were last of use. */
  private final Map<T, Integer> since = LinkedHashMap.newLinkedHashMap(64);

  IdleList(Clock clock, int idleSeconds, int most, Consumer<T> closer) {
    this.clock = clock;
    this.idleSeconds = idleSeconds;
    this.most = most;
    this.closer = closer;
  }

  /** The time by which this list goes. */
  int seconds() {
    return clock.seconds();
  }

  /** A connection is here that was of use at {@code seconds}. */
  void add(T connection, int seconds) {
    since.put(connection, seconds);
    if (since.size() > most) {
      close(since.keySet().iterator().next());
    }
  }

  /** A connection has asked something. */
  void touch(T connection) {
    int seconds = clock.seconds();
    Integer before = since.get(connection);
    if (before == null || before != seconds) {
      since.remove(connection);
      since.put(connection, seconds);
    }
  }

  /** A connection is closed, or not watched any more. */
  void remove(T connection) {
    since.remove(connection);
  }

  /** Closes who is idle too long. */
  void expire() {
    int seconds = clock.seconds();
    while (!since.isEmpty()) {
      Map.Entry<T, Integer> first = since.entrySet().iterator().next();
      if (seconds - first.getValue() < idleSeconds) {
        return;
      }
      close(first.getKey());
    }
  }

  private void close(T connection) {
    since.remove(connection);
    closer.accept(connection);
  }
}
