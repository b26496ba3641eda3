package sluice.daemon.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Problem;
import sluice.daemon.web.Reply;
import sluice.daemon.web.Request;
import tools.jackson.databind.node.ObjectNode;

/**
 * Server-sent events: what changed, within a tenth of a second. The first events have all torrents,
 * the latest first, unless {@code Last-Event-ID} says what the reader has seen.
 */
final class EventRoutes {
  private static final int MAX_READERS = 100;

  /** Torrents in an event, so that a page can show the first ones while the others come. */
  private static final int CHUNK = 500;

  /** After this time something is sent even if nothing happens, to find out who has gone. */
  private static final long QUIET_MILLIS = 10_000;

  private final ApiContext context;
  private final ChangeFeed feed;
  private final AtomicInteger readers = new AtomicInteger();

  EventRoutes(ApiContext context, ChangeFeed feed) {
    this.context = context;
    this.feed = feed;
  }

  void addTo(OwnCalls calls) {
    calls.get("/events", "What changes, as server-sent events.", this::events);
  }

  int readers() {
    return readers.get();
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
    long sequence = feed.listen();
    try {
      long seen = catchUp(out, from);
      while (!feed.isClosed()) {
        Optional<ChangeFeed.Told> next = feed.next(sequence, QUIET_MILLIS);
        if (next.isPresent()) {
          sequence = next.get().sequence();
          // What the reader has seen must not be replaced by what was so before.
          if (next.get().revision() > seen) {
            out.write(next.get().bytes());
            out.flush();
          }
        } else if (feed.isLate(sequence)) {
          feed.leave();
          sequence = feed.listen();
          seen = catchUp(out, seen);
        } else if (!feed.isClosed()) {
          out.write(": \n\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.leave();
      readers.decrementAndGet();
    }
  }

  /** Sends what changed since {@code seen}, in parts; gives the revision of it. */
  private long catchUp(OutputStream out, long seen) throws IOException {
    Shelf.Changes changes = context.desk().shelf().since(seen);
    List<Item> items = changes.changed().reversed();
    List<String> removed = changes.removed().stream().map(Shelf.Removed::hash).toList();
    ObjectNode status = SessionRoutes.status(context);
    int at = 0;
    do {
      int end = Math.min(items.size(), at + CHUNK);
      boolean more = end < items.size();
      ChangeEvent event =
          new ChangeEvent(
              changes.full() && at == 0,
              more,
              items.subList(at, end),
              List.of(),
              at == 0 ? removed : List.of(),
              status);
      // Whoever breaks off before the last part begins once more from where it was.
      out.write(event.bytes(more ? OptionalLong.empty() : OptionalLong.of(changes.revision())));
      out.flush();
      at = end;
    } while (at < items.size());
    return changes.revision();
  }
}
