package sluice.transport.http;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.engine.port.Reach;
import sluice.protocol.address.Endpoint;

/** Connections that wait for their next question. Loop only. */
final class Links {
  /** Most connections that wait; the oldest is closed when there are more. */
  private static final int MAX_IDLE = 32;

  private static final long IDLE_NANOS = 15_000_000_000L;

  private final Loop loop;
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();
  private Loop.@Nullable Timer timer;

  Links(Loop loop) {
    this.loop = loop;
  }

  /** Connections are used again only for the same of these. */
  record Origin(boolean secure, String host, int port, Optional<Endpoint> local, String lane) {
    static Origin of(Target target, Optional<Endpoint> local, String lane) {
      return new Origin(target.secure(), target.host(), target.port(), local, lane);
    }
  }

  private record Idle(Link link, long sinceNanos) {}

  /** A connection to {@code origin}, the last one used first; null if there is none. */
  @Nullable Link take(Origin origin, Reach reach) {
    for (Iterator<Idle> i = idle.descendingIterator(); i.hasNext(); ) {
      Link link = i.next().link();
      if (link.origin().equals(origin) && link.isWithin(reach)) {
        i.remove();
        return link;
      }
    }
    return null;
  }

  /** {@code link} has nothing to do. */
  void put(Link link) {
    if (idle.size() >= MAX_IDLE) {
      idle.removeFirst().link().close();
    }
    idle.addLast(new Idle(link, loop.now()));
    watch();
  }

  /** {@code link} is closed. */
  void forget(Link link) {
    idle.removeIf(i -> i.link() == link);
  }

  private void watch() {
    if (timer == null && !idle.isEmpty()) {
      long age = loop.now() - idle.getFirst().sinceNanos();
      timer = loop.after(Math.max(1, IDLE_NANOS - age), this::expire);
    }
  }

  private void expire() {
    timer = null;
    while (!idle.isEmpty() && loop.now() - idle.getFirst().sinceNanos() >= IDLE_NANOS) {
      idle.removeFirst().link().close();
    }
    watch();
  }
}
