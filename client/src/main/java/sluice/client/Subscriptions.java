package sluice.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.dht.Dht;
import sluice.engine.session.EngineEvent;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.UpdateValue;
import sluice.protocol.magnet.UpdateMagnet;

/**
 * The links of a client that can be changed by their owners (BEP 46). Each is looked at once in its
 * interval. What is found later than what is known is written down, the torrent before is removed,
 * and the one that it leads to is added in the same folder: what is there is checked, and only what
 * differs is fetched. As long as nothing later is found, the last word of the owner is put into the
 * DHT again, so that others find it while the owner is away. Whoever removes the torrent of a link
 * follows it no longer. Any thread may call it; the work is done by a thread of its own, one step
 * after the other.
 */
public final class Subscriptions {
  /** The shortest interval. */
  public static final Duration LEAST = Duration.ofSeconds(1);

  /** Most links. */
  public static final int MAX_LINKS = 1_000;

  static final String KEY = "links";

  /** Until a look-up has come to an end. */
  private static final long ANSWER_SECONDS = 90;

  /** The longest time until the next look where nothing is known as yet. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Client client;
  private final Torrents torrents;
  private final Consumer<EngineEvent> events;
  private final Map<UpdateMagnet, Subscription> all = new LinkedHashMap<>();

  /** With what torrents of a link are added in this run. */
  private final Map<UpdateMagnet, AddOptions> options = new LinkedHashMap<>();

  private final Map<UpdateMagnet, CompletableFuture<TorrentHandle>> arrivals =
      new LinkedHashMap<>();
  private @Nullable ScheduledExecutorService worker;
  private boolean closed;

  Subscriptions(Client client, Torrents torrents, Consumer<EngineEvent> events) {
    this.client = client;
    this.torrents = torrents;
    this.events = events;
  }

  /** Goes on with those of the state folder. */
  synchronized void restore() {
    String kept = torrents.settings().getOrDefault(KEY, "");
    if (kept.isEmpty()) {
      return;
    }
    try {
      for (Subscription each : SubscriptionCodec.read(kept)) {
        all.put(each.link(), each);
        later(each.link(), Duration.ZERO);
      }
    } catch (IllegalArgumentException e) {
      throw new ClientException("the setting " + KEY + " of the state folder cannot be read", e);
    }
  }

  /**
   * Follows {@code link} from here on; with a state folder it is kept once this returns. One that
   * is followed already keeps its folder.
   *
   * @param with how its torrents are added; after a restart, only folder and trackers count
   * @return its torrent, once the DHT has said which that is and it is there
   */
  public CompletionStage<TorrentHandle> follow(UpdateMagnet link, AddOptions with, Duration every) {
    return follow(link, Optional.empty(), with, every);
  }

  /** The same with the torrent to which it has led until now. */
  public CompletionStage<TorrentHandle> follow(
      UpdateMagnet link, TorrentHandle current, AddOptions with, Duration every) {
    return follow(link, current.hashes().wire().stream().findFirst(), with, every);
  }

  private synchronized CompletionStage<TorrentHandle> follow(
      UpdateMagnet link, Optional<Hash> current, AddOptions with, Duration every) {
    if (every.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("the shortest interval is " + LEAST);
    }
    Subscription known = all.get(link);
    if (known == null && all.size() >= MAX_LINKS) {
      throw new ClientException("no more than " + MAX_LINKS + " links are followed");
    }
    options.put(link, with);
    keep(
        known == null
            ? Subscription.begin(link, with.folder(), every, with.trackers(), current)
            : known.every(every));
    if (known == null) {
      later(link, Duration.ZERO);
    }
    return arrivals
        .computeIfAbsent(link, each -> new CompletableFuture<>())
        .minimalCompletionStage();
  }

  /** Lets {@code link} lead where it wants; its torrent stays. */
  public synchronized void unfollow(UpdateMagnet link) {
    if (all.remove(link) != null) {
      options.remove(link);
      CompletableFuture<TorrentHandle> waits = arrivals.remove(link);
      if (waits != null) {
        waits.completeExceptionally(new ClientException("it is not followed any more"));
      }
      write();
    }
  }

  /** All that are followed. */
  public synchronized List<Subscription> all() {
    return List.copyOf(all.values());
  }

  private synchronized Optional<Subscription> find(UpdateMagnet link) {
    return Optional.ofNullable(closed ? null : all.get(link));
  }

  private synchronized void keep(Subscription subscription) {
    all.put(subscription.link(), subscription);
    write();
  }

  private void write() {
    torrents
        .set(KEY, SubscriptionCodec.text(List.copyOf(all.values())))
        .toCompletableFuture()
        .join();
  }

  private synchronized void later(UpdateMagnet link, Duration wait) {
    if (closed) {
      return;
    }
    if (worker == null) {
      worker =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("sluice-links").factory());
    }
    try {
      var _ = worker.schedule(() -> run(link), wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("closed meanwhile", e);
    }
  }

  /** Looks at one link, and comes back to it. */
  private void run(UpdateMagnet link) {
    try {
      step(link);
    } catch (TimeoutException | ClientException away) {
      System.getLogger("sluice.client").log(System.Logger.Level.DEBUG, "no answer", away);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return;
    } catch (ExecutionException bug) {
      throw new IllegalStateException("the question ended in a bug", bug.getCause());
    } finally {
      find(link).ifPresent(s -> later(link, s.item().isPresent() ? s.every() : soon(s)));
    }
  }

  private static Duration soon(Subscription subscription) {
    return subscription.every().compareTo(SOON) < 0 ? subscription.every() : SOON;
  }

  private void step(UpdateMagnet link)
      throws InterruptedException, ExecutionException, TimeoutException {
    Optional<Subscription> followed = find(link);
    if (followed.isEmpty()) {
      return;
    }
    Subscription known = followed.get();
    if (known.pending()) {
      settle(known);
    } else if (known.torrent().filter(hash -> handle(hash).isEmpty()).isPresent()) {
      unfollow(link);
      return;
    }
    Optional<Item.Mutable> found = look(link).filter(known::isOlderThan);
    if (found.isPresent() && find(link).isPresent()) {
      Subscription next = known.leadingTo(found.get());
      keep(next);
      settle(next);
    } else {
      known.item().ifPresent(this::putAgain);
    }
  }

  /** What the DHT says of {@code link}, if that is a torrent. */
  private Optional<Item.Mutable> look(UpdateMagnet link)
      throws InterruptedException, ExecutionException, TimeoutException {
    NodeId target = Item.Mutable.target(link.key(), link.salt());
    CompletableFuture<Optional<Item>> told = new CompletableFuture<>();
    client.dht(dht -> dht.whenReady(there -> get(dht, target, link, told)));
    return told.get(ANSWER_SECONDS, TimeUnit.SECONDS)
        .filter(item -> item instanceof Item.Mutable)
        .map(item -> (Item.Mutable) item)
        .filter(item -> UpdateValue.read(item.value()).isPresent());
  }

  private static void get(
      Dht dht, NodeId target, UpdateMagnet link, CompletableFuture<Optional<Item>> told) {
    dht.inquiries().get(target, link.salt(), told::complete);
  }

  private void putAgain(Item.Mutable item) {
    client.dht(dht -> dht.inquiries().put(item, OptionalLong.empty(), stored -> {}));
  }

  /** Lets the torrent take the place of the one before. May be done again after a crash. */
  private void settle(Subscription known) {
    Hash torrent = known.torrent().orElseThrow();
    Optional<Hash> before = known.before().filter(hash -> !hash.equals(torrent));
    if (handle(torrent).isEmpty()) {
      events.accept(new EngineEvent.Updated(before, torrent));
      Optional<TorrentHandle> old = before.flatMap(this::handle);
      Optional<TorrentRecord> said = old.flatMap(TorrentHandle::record);
      old.ifPresent(leaving -> leaving.remove().toCompletableFuture().join());
      TorrentHandle made = client.add("magnet:?xt=urn:btih:" + torrent.hex(), with(known));
      said.ifPresent(
          words -> made.label(words.category(), words.tags()).toCompletableFuture().join());
    }
    keep(known.settled());
    handle(torrent).ifPresent(there -> arrived(known.link(), there));
  }

  private void arrived(UpdateMagnet link, TorrentHandle torrent) {
    CompletableFuture<TorrentHandle> waits;
    synchronized (this) {
      waits = arrivals.computeIfAbsent(link, each -> new CompletableFuture<>());
    }
    waits.complete(torrent);
  }

  private synchronized AddOptions with(Subscription known) {
    AddOptions plain = AddOptions.into(known.folder());
    return options.getOrDefault(known.link(), known.trackers() ? plain : plain.withoutTrackers());
  }

  private Optional<TorrentHandle> handle(Hash torrent) {
    return client.torrents().stream()
        .filter(each -> each.hashes().wire().contains(torrent))
        .findFirst();
  }

  /** Ends; what is under way is done again in the next run. */
  void close() {
    ScheduledExecutorService ending;
    synchronized (this) {
      closed = true;
      ending = worker;
    }
    if (ending != null) {
      ending.shutdownNow();
      try {
        if (!ending.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS)) {
          System.getLogger("sluice.client").log(System.Logger.Level.WARNING, "links go on");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
