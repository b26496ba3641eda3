package sluice.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Json;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-sent events: what changed, four times a second if anything did. The first event has all
 * torrents, unless {@code Last-Event-ID} says what the reader has seen.
 */
final class EventRoutes {
  private static final int MAX_READERS = 100;
  private static final long LOOK_MILLIS = 250;

  /** So often something is sent even if nothing happens, to find out who has gone. */
  private static final int QUIET_LOOKS = 40;

  private final ApiContext context;
  private final CountDownLatch closed;
  private final AtomicInteger readers = new AtomicInteger();

  EventRoutes(ApiContext context, CountDownLatch closed) {
    this.context = context;
    this.closed = closed;
  }

  void addTo(OwnCalls calls) {
    calls.get("/events", "What changes, as server-sent events.", this::events);
  }

  private Reply events(Request request) {
    long seen =
        request
            .header("Last-Event-ID")
            .filter(text -> text.matches("[0-9]{1,18}"))
            .map(Long::valueOf)
            .orElse(0L);
    if (readers.get() >= MAX_READERS) {
      throw new Problem(503, "readers", "there are " + MAX_READERS + " readers of events");
    }
    return new Reply.Streamed(
        200, Map.of("Content-Type", "text/event-stream"), -1, out -> write(out, seen));
  }

  private void write(OutputStream out, long from) throws IOException {
    readers.incrementAndGet();
    try {
      long seen = from;
      for (int quiet = 0; !isClosed(quiet == 0 && seen == from); quiet++) {
        Shelf.Changes changes = context.desk().shelf().since(seen);
        if (changes.revision() != seen || seen == 0) {
          seen = changes.revision();
          send(out, seen, changes);
          quiet = 0;
        } else if (quiet % QUIET_LOOKS == QUIET_LOOKS - 1) {
          out.write(": \n\n".getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
      }
    } finally {
      readers.decrementAndGet();
    }
  }

  private boolean isClosed(boolean first) {
    try {
      return closed.await(first ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void send(OutputStream out, long revision, Shelf.Changes changes) throws IOException {
    ObjectNode event = Json.object().put("full", changes.full());
    ArrayNode torrents = event.putArray("torrents");
    changes.changed().forEach(item -> torrents.add(TorrentJson.of(item)));
    ArrayNode removed = event.putArray("removed");
    changes.removed().forEach(gone -> removed.add(gone.hash()));
    event.set("status", SessionRoutes.status(context));
    out.write(
        ("id: " + revision + "\nevent: change\ndata: " + Json.text(event) + "\n\n")
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
