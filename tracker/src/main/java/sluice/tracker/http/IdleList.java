package sluice.tracker.http;

import java.util.LinkedHashMap;
import java.util.Map;
import sluice.tracker.service.Clock;

/**
 * The connections of one loop in the order in which they were last of use; the first are closed
 * when they are idle too long, or when there are too many. Used by its loop only.
 */
final class IdleList {
  private final Clock clock;
  private final int idleSeconds;
  private final int most;

  /** Connections, those of longest idleness first, with when they were last of use. */
  private final Map<AnnounceHandler, Integer> since = LinkedHashMap.newLinkedHashMap(1_024);

  IdleList(Clock clock, int idleSeconds, int most) {
    this.clock = clock;
    this.idleSeconds = idleSeconds;
    this.most = most;
  }

  /** A connection was opened. */
  void add(AnnounceHandler connection) {
    since.put(connection, clock.seconds());
    if (since.size() > most) {
      close(since.keySet().iterator().next());
    }
  }

  /** A connection has asked something. */
  void touch(AnnounceHandler connection) {
    since.remove(connection);
    since.put(connection, clock.seconds());
  }

  /** A connection is closed, or not watched any more. */
  void remove(AnnounceHandler connection) {
    since.remove(connection);
  }

  /** Closes who is idle too long. */
  void expire() {
    int seconds = clock.seconds();
    while (!since.isEmpty()) {
      Map.Entry<AnnounceHandler, Integer> first = since.entrySet().iterator().next();
      if (seconds - first.getValue() < idleSeconds) {
        return;
      }
      close(first.getKey());
    }
  }

  private void close(AnnounceHandler connection) {
    since.remove(connection);
    connection.close();
  }
}
