package sluice.daemon.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import sluice.daemon.shelf.Item;
import sluice.daemon.shelf.Shelf;
import sluice.daemon.web.Json;
import sluice.protocol.metainfo.InfoHashes;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out what changes while anybody listens, once for all who do. Figures are looked at ten
 * times a second, more seldom where thousands of torrents change all the time; what people wait
 * for, such as a torrent that stops or is complete, is told at once. Without listeners it does
 * nothing. Any thread.
 */
final class ChangeFeed implements AutoCloseable {
  /** Events that are remembered for those who are slow; who is slower is told of everything. */
  private static final int REMEMBERED = 32;

  /** Torrents that are told of at once; if there are more, the next look has them. */
  private static final int MAX_URGENT = 500;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long LOOK_NANOS = 100_000_000;
  private static final long MAX_LOOK_NANOS = 1_000_000_000;

  /** A look at many changes is so much later for each of them: five thousand wait for a second. */
  private static final long NANOS_EACH = 200_000;

  /** Sums over all torrents are made anew after this time. */
  private static final long STATUS_NANOS = 500_000_000;

  /** Between two events that are told at once. */
  private static final long BREATH_NANOS = 20_000_000;

  private final ApiContext context;
  private final Shelf shelf;
  private final Deque<Told> told = new ArrayDeque<>();
  private final Set<InfoHashes> urgent = new HashSet<>();
  private ObjectNode status = Json.object();
  private long statusNanos = System.nanoTime() - STATUS_NANOS;
  private long sequence;
  private long revision;
  private long dueNanos;
  private long breathNanos;
  private int listeners;
  private boolean running;
  private boolean closed;

  /**
   * An event.
   *
   * @param sequence of the feed
   * @param revision of the shelf of which it tells
   */
  @SuppressWarnings("ArrayRecordComponent") // sent and never compared
  record Told(long sequence, long revision, byte[] bytes) {}

  ChangeFeed(ApiContext context) {
    this.context = context;
    this.shelf = context.desk().shelf();
    shelf.onNews(this::hurry);
  }

  /** Begins to listen; gives the sequence after which events are to be asked for. */
  synchronized long listen() {
    listeners++;
    if (!running && !closed) {
      running = true;
      revision = shelf.revision();
      dueNanos = System.nanoTime();
      Thread.ofVirtual().name("changes").start(this::run);
    }
    return sequence;
  }

  synchronized void leave() {
    listeners--;
    notifyAll();
  }

  /** The first event after {@code seen}; empty if none comes in time, or it is forgotten. */
  synchronized Optional<Told> next(long seen, long timeoutMillis) throws InterruptedException {
    long end = System.nanoTime() + timeoutMillis * NANOS_PER_MILLI;
    for (long left = timeoutMillis; sequence == seen && !closed && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / NANOS_PER_MILLI;
    }
    return told.stream().filter(each -> each.sequence() == seen + 1).findFirst();
  }

  /** Whether events after {@code seen} are forgotten. */
  synchronized boolean isLate(long seen) {
    return sequence > seen && !told.isEmpty() && told.getFirst().sequence() > seen + 1;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void hurry(InfoHashes torrent) {
    if (running && urgent.size() <= MAX_URGENT) {
      urgent.add(torrent);
      notifyAll();
    }
  }

  private void run() {
    try {
      while (true) {
        Optional<Set<InfoHashes>> now = await();
        if (now.isEmpty()) {
          return;
        } else if (now.get().isEmpty()) {
          look();
        } else {
          tell(now.get());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        running = false;
      }
    }
  }

  /** Waits for what is to be done: those that are urgent, none for a look; empty for the end. */
  private synchronized Optional<Set<InfoHashes>> await() throws InterruptedException {
    while (listeners > 0 && !closed) {
      long now = System.nanoTime();
      if (now - dueNanos >= 0) {
        return Optional.of(Set.of());
      } else if (!urgent.isEmpty() && now - breathNanos >= 0) {
        Set<InfoHashes> all = new HashSet<>(urgent);
        urgent.clear();
        breathNanos = now + BREATH_NANOS;
        return Optional.of(all.size() > MAX_URGENT ? Set.of() : all);
      }
      long until = urgent.isEmpty() ? dueNanos : Math.min(dueNanos, breathNanos);
      wait(Math.max(1, (until - now) / NANOS_PER_MILLI));
    }
    running = false;
    told.clear();
    return Optional.empty();
  }

  private void look() {
    Shelf.Changes changes = shelf.since(revision);
    if (changes.revision() != revision) {
      List<Item> whole = new ArrayList<>();
      List<Item> figures = new ArrayList<>();
      for (Item item : changes.changed()) {
        (item.shape() > revision ? whole : figures).add(item);
      }
      add(changes, whole, figures);
    }
    synchronized (this) {
      dueNanos =
          System.nanoTime()
              + Math.clamp(changes.changed().size() * NANOS_EACH, LOOK_NANOS, MAX_LOOK_NANOS);
    }
  }

  private void add(Shelf.Changes changes, List<Item> whole, List<Item> figures) {
    List<String> removed = changes.removed().stream().map(Shelf.Removed::hash).toList();
    revision = changes.revision();
    byte[] bytes =
        new ChangeEvent(false, false, whole, figures, removed, status())
            .bytes(OptionalLong.of(revision));
    put(revision, bytes);
  }

  /** Tells of these before the next look, which will tell of them once more. */
  private void tell(Set<InfoHashes> torrents) {
    List<Item> whole = new ArrayList<>();
    torrents.forEach(torrent -> shelf.now(torrent).ifPresent(whole::add));
    Shelf.Changes changes = shelf.since(revision);
    List<String> removed = changes.removed().stream().map(Shelf.Removed::hash).toList();
    if (!whole.isEmpty() || !removed.isEmpty()) {
      ChangeEvent event = new ChangeEvent(false, false, whole, List.of(), removed, status());
      put(changes.revision(), event.bytes(OptionalLong.of(revision)));
    }
  }

  private ObjectNode status() {
    if (System.nanoTime() - statusNanos >= STATUS_NANOS) {
      status = SessionRoutes.status(context);
      statusNanos = System.nanoTime();
    }
    return status;
  }

  private synchronized void put(long upTo, byte[] bytes) {
    told.addLast(new Told(++sequence, upTo, bytes));
    if (told.size() > REMEMBERED) {
      told.removeFirst();
    }
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
