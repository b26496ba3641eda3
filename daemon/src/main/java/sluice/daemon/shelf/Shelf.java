package sluice.daemon.shelf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import sluice.client.Client;
import sluice.client.TorrentHandle;
import sluice.client.TorrentRecord;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.metainfo.InfoHashes;

/**
 * All torrents as the APIs show them. Each look at it takes over what changed, and gives that the
 * next revision; whoever has seen one revision can ask for what changed since. Any thread that may
 * block.
 */
public final class Shelf {
  /** Removals that are remembered for those who ask what changed. */
  static final int MAX_REMOVED = 10_000;

  /** Torrents of which the facts are kept. */
  private static final int MAX_FACTS = 20_000;

  private static final long FRESH_NANOS = 100_000_000;

  private final Client client;
  private final LongSupplier unixMillis;
  private final Map<Integer, Item> items = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<InfoHashes, Integer> byTorrent = new HashMap<>();
  private final Map<InfoHashes, TorrentRecord> records = new ConcurrentHashMap<>();
  private final Map<InfoHashes, Facts> facts = new ConcurrentHashMap<>();
  private final AtomicLong factsVersion = new AtomicLong();
  private final Set<InfoHashes> touched = ConcurrentHashMap.newKeySet();
  private final Deque<Removed> removed = new ArrayDeque<>();
  private long forgottenRevision;
  private long lookedNanos = System.nanoTime() - FRESH_NANOS;
  private int lastNumber;
  private volatile long revision = 1;

  /** The torrents of {@code client}, which keeps a state. */
  public Shelf(Client client, LongSupplier unixMillis) {
    this.client = client;
    this.unixMillis = unixMillis;
    client.records().forEach(record -> records.put(record.torrent(), record));
  }

  /** A torrent that is gone. */
  public record Removed(String hash, int number, long revision, long millis) {}

  /**
   * What changed since a revision.
   *
   * @param revision to ask with the next time
   * @param full whether these are all torrents, not only those that changed
   * @param changed in the order in which they came
   * @param removed those that are gone; none if it is full
   */
  public record Changes(long revision, boolean full, List<Item> changed, List<Removed> removed) {}

  /** All torrents, in the order in which they came. */
  public List<Item> items() {
    look();
    return List.copyOf(items.values());
  }

  /** What changed since {@code seen}; 0 for everything. */
  public synchronized Changes since(long seen) {
    look();
    boolean full = seen <= 0 || seen > revision || seen < forgottenRevision;
    return new Changes(
        revision,
        full,
        items.values().stream().filter(item -> full || item.revision() > seen).toList(),
        full ? List.of() : removed.stream().filter(r -> r.revision() > seen).toList());
  }

  /** The torrent with this hash, in forty or sixty-four digits. */
  public Optional<Item> find(String hash) {
    String lower = hash.toLowerCase(Locale.ROOT);
    if (!numbers.containsKey(lower)) {
      lookNow();
    } else {
      look();
    }
    return Optional.ofNullable(numbers.get(lower)).map(items::get);
  }

  /** The torrent with this number. */
  public Optional<Item> find(int number) {
    look();
    return Optional.ofNullable(items.get(number));
  }

  /** Its handle; empty if it was removed meanwhile. */
  public Optional<TorrentHandle> handle(Item item) {
    return client.torrent(item.torrent());
  }

  /** Counts changes of what torrent files say, as the items have it. */
  public long factsVersion() {
    return factsVersion.get();
  }

  /** Its torrent file is another one. */
  void stale(Item item) {
    facts.remove(item.torrent());
    facts(item);
    touch(item.torrent());
  }

  /** What its torrent file says, which may be read. */
  public Optional<Facts> facts(Item item) {
    return Optional.ofNullable(
        facts.computeIfAbsent(item.torrent(), torrent -> load(torrent).orElse(null)));
  }

  /** Looks at the torrent files of all that were not looked at. */
  void fillFacts() {
    for (Item item : items()) {
      if (item.facts().isEmpty() && item.hasMetadata() && facts.size() < MAX_FACTS) {
        if (facts(item).isPresent()) {
          touch(item.torrent());
        }
      }
    }
  }

  private Optional<Facts> load(InfoHashes torrent) {
    return client.torrent(torrent).flatMap(TorrentHandle::metainfo).map(Facts::of);
  }

  /** What is written down of {@code torrent} has changed. */
  public void touch(InfoHashes torrent) {
    touched.add(torrent);
  }

  /** A magnet's metadata came: it goes by another name. */
  synchronized void renamed(InfoHashes before, InfoHashes after) {
    Integer number = byTorrent.get(before);
    if (number != null && !before.equals(after)) {
      byTorrent.remove(before);
      byTorrent.put(after, number);
      records.remove(before);
    }
    touch(after);
  }

  private synchronized void look() {
    if (!touched.isEmpty() || System.nanoTime() - lookedNanos >= FRESH_NANOS) {
      lookNow();
    }
  }

  private synchronized void lookNow() {
    lookedNanos = System.nanoTime();
    Set<InfoHashes> renewed = reload();
    List<TorrentSnapshot> all = client.snapshot();
    long next = revision + 1;
    boolean changed = false;
    Set<Integer> seen = new HashSet<>();
    for (TorrentSnapshot now : all) {
      Integer number = byTorrent.get(now.torrent());
      if (number == null) {
        number = ++lastNumber;
        byTorrent.put(now.torrent(), number);
      }
      seen.add(number);
      changed |= put(number, now, next, renewed.contains(now.torrent()));
    }
    changed |= items.size() > seen.size() && drop(seen, next);
    revision = changed ? next : revision;
  }

  /** Reads again what is written down of those that were touched; tells which. */
  private Set<InfoHashes> reload() {
    Set<InfoHashes> renewed = new HashSet<>(touched);
    touched.removeAll(renewed);
    records.keySet().removeAll(renewed);
    return renewed;
  }

  private boolean put(int number, TorrentSnapshot now, long next, boolean renewed) {
    Item before = items.get(number);
    TorrentRecord record = records.get(now.torrent());
    if (record == null) {
      record = client.torrent(now.torrent()).flatMap(TorrentHandle::record).orElse(null);
      if (record == null) {
        return false;
      }
      records.put(now.torrent(), record);
    }
    Optional<Facts> known = Optional.ofNullable(facts.get(now.torrent()));
    if (before != null
        && !renewed
        && before.now().equals(now)
        && before.record().equals(record)
        && before.facts().equals(known)) {
      return false;
    }
    if (before == null || !before.facts().equals(known)) {
      factsVersion.incrementAndGet();
    }
    items.put(number, item(number, record, now, known, Optional.ofNullable(before), next));
    items.get(number).hashes().forEach(hash -> numbers.put(hash, number));
    return true;
  }

  private Item item(
      int number,
      TorrentRecord record,
      TorrentSnapshot now,
      Optional<Facts> known,
      Optional<Item> before,
      long next) {
    long millis = unixMillis.getAsLong();
    boolean active = now.downRate() + now.upRate() > 0;
    long activeMillis =
        active
            ? millis
            : before
                .map(Item::activeMillis)
                .orElse(record.lastActive().map(java.time.Instant::toEpochMilli).orElse(0L));
    long completed =
        before
            .map(Item::completedMillis)
            .orElse(record.completed().map(java.time.Instant::toEpochMilli).orElse(0L));
    Item item = new Item(number, record, now, known, next, millis, activeMillis, completed);
    return completed == 0 && item.isComplete()
        ? new Item(number, record, now, known, next, millis, activeMillis, millis)
        : item;
  }

  private boolean drop(Set<Integer> seen, long next) {
    List<Item> gone = new ArrayList<>();
    items.values().stream().filter(item -> !seen.contains(item.number())).forEach(gone::add);
    for (Item item : gone) {
      items.remove(item.number());
      item.hashes().forEach(hash -> numbers.remove(hash, item.number()));
      byTorrent.remove(item.torrent(), item.number());
      records.remove(item.torrent());
      facts.remove(item.torrent());
      factsVersion.incrementAndGet();
      removed.addLast(new Removed(item.hash(), item.number(), next, unixMillis.getAsLong()));
      if (removed.size() > MAX_REMOVED) {
        forgottenRevision = removed.removeFirst().revision();
      }
    }
    return !gone.isEmpty();
  }
}
