package sluice.daemon.creation;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.daemon.shelf.Desk;
import sluice.daemon.shelf.Handling;
import sluice.daemon.shelf.Wish;
import sluice.daemon.web.Problem;
import sluice.storage.hashing.SourceException;
import sluice.storage.hashing.TorrentMaker;

/** Makes torrents, one after the other. Any thread. */
public final class Creations implements AutoCloseable {
  /** Torrents that are made, wait or are remembered. */
  public static final int MAX = 100;

  private static final Logger LOG = System.getLogger(Creations.class.getName());

  private final Desk desk;
  private final LongSupplier unixMillis;
  private final Map<String, Creation> all = new LinkedHashMap<>();
  private final Deque<String> waiting = new ArrayDeque<>();
  private @Nullable Thread worker;
  private String running = "";
  private boolean closed;

  /** Makes torrents of data in the folders of {@code desk}. */
  public Creations(Desk desk, LongSupplier unixMillis) {
    this.desk = desk;
    this.unixMillis = unixMillis;
  }

  /** All of them, in the order in which they were wanted. */
  public synchronized List<Creation> all() {
    return List.copyOf(all.values());
  }

  /** The one with this id. */
  public synchronized Optional<Creation> find(String id) {
    return Optional.ofNullable(all.get(id));
  }

  /**
   * Begins to make a torrent; gives its id.
   *
   * @throws Problem if the data are not in our folders, or there are too many
   */
  public synchronized String order(Order order) {
    desk.roots().of(order.source().toString());
    order.file().ifPresent(file -> desk.roots().of(file.toString()));
    if (!Files.exists(order.source())) {
      throw Problem.missing(order.source() + " is not there");
    }
    all.values().stream()
        .filter(each -> all.size() >= MAX && each.endedMillis() > 0)
        .findFirst()
        .ifPresent(oldest -> all.remove(oldest.id()));
    if (all.size() >= MAX || closed) {
      throw Problem.conflict("there are " + MAX + " already");
    }
    String id = UUID.randomUUID().toString();
    all.put(id, Creation.queued(id, order, unixMillis.getAsLong()));
    waiting.addLast(id);
    if (worker == null) {
      worker = Thread.ofPlatform().daemon().name("daemon-creations").start(this::run);
    }
    return id;
  }

  /** Forgets one; it is not made any further. */
  public synchronized void delete(String id) {
    if (all.remove(id) == null) {
      throw Problem.missing("there is no such creation");
    }
    waiting.remove(id);
    Thread thread = worker;
    if (id.equals(running) && thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    Optional<Creation> next = next();
    while (next.isPresent()) {
      make(next.get());
      next = next();
    }
  }

  /** The thread ends when there is nothing to do. */
  private synchronized Optional<Creation> next() {
    running = "";
    // An order may be taken back when it is done already.
    boolean interrupted = Thread.interrupted();
    @Nullable String id = closed ? null : waiting.pollFirst();
    if (id == null) {
      LOG.log(Level.DEBUG, "all torrents are made, interrupted: {0}", interrupted);
      worker = null;
      return Optional.empty();
    }
    running = id;
    change(id, creation -> creation.started(unixMillis.getAsLong()));
    return find(id);
  }

  private synchronized void change(String id, UnaryOperator<Creation> change) {
    all.computeIfPresent(id, (same, creation) -> change.apply(creation));
  }

  private void make(Creation creation) {
    Order order = creation.order();
    String id = creation.id();
    try {
      byte[] torrent =
          TorrentMaker.make(
                  order.source(),
                  order::configure,
                  (done, total) -> change(id, c -> c.at(total == 0 ? 1 : (double) done / total)))
              .bytes();
      if (order.file().isPresent()) {
        write(order.file().get(), torrent);
      }
      if (order.seed() && find(id).isPresent()) {
        seed(order, torrent);
      }
      change(id, c -> c.made(torrent, unixMillis.getAsLong()));
    } catch (SourceException | IOException e) {
      change(id, c -> c.failed(String.valueOf(e.getMessage()), unixMillis.getAsLong()));
    } catch (Problem e) {
      change(id, c -> c.failed(e.detail(), unixMillis.getAsLong()));
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "nobody wants it any more", e);
    }
  }

  private static void write(Path file, byte[] torrent) throws IOException {
    Files.write(file, torrent, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** What was read a moment ago need not be read again. */
  private void seed(Order order, byte[] torrent) {
    Path folder = order.source().toAbsolutePath().normalize().getParent();
    Handling handling = Handling.PLAIN;
    desk.add(
        torrent,
        Wish.PLAIN
            .folder(String.valueOf(folder))
            .handling(
                new Handling(true, handling.layout(), handling.stopWhen(), false, "", false)));
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting.clear();
    Thread thread = worker;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
