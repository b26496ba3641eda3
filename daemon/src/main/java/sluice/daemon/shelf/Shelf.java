package sluice.daemon.shelf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import sluice.client.Client;
import sluice.client.TorrentHandle;
import sluice.client.TorrentRecord;
import sluice.engine.session.SnapshotChanges;
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

  private static final long FIRST_UNIX_SECONDS = 1_700_000_000;

  private static final long FRESH_NANOS = 100_000_000;

  /** So often the time that a torrent has seeded is news. */
  private static final long SEEDING_NANOS = 60_000_000_000L;

  private final Client client;
  private final LongSupplier unixMillis;
  private final Map<Integer, Item> items = new ConcurrentSkipListMap<>();
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
  private final Map<InfoHashes, Integer> byTorrent = new HashMap<>();
  private final Map<InfoHashes, TorrentRecord> records = new ConcurrentHashMap<>();
  private final Map<InfoHashes, Facts> facts = new ConcurrentHashMap<>();
  private final AtomicLong factsVersion = new AtomicLong();
  private final Set<InfoHashes> touched = ConcurrentHashMap.newKeySet();

  /** Torrents that are told of once more, although nothing that is here has changed. */
  private final Set<InfoHashes> renewed = ConcurrentHashMap.newKeySet();

  private final Deque<Removed> removed = new ArrayDeque<>();

  /** All of them, the one that changed last at the end. */
  private final LinkedHashMap<Integer, Item> byChange = new LinkedHashMap<>();

  private final Tally tally = new Tally();

  /** All of them by their numbers. */
  private final Row row = new Row();

  /** What {@link #items()} gives; nothing if something has changed since. */
  private Optional<List<Item>> listed = Optional.empty();

  private long forgottenRevision;

  /** Of the client's snapshots that were taken over. */
  private long version;

  private volatile Consumer<InfoHashes> news = torrent -> {};
  private long lookedNanos = System.nanoTime() - FRESH_NANOS;
  private int lastNumber;

  /**
   * Begins with the time, so that one of an earlier run is not taken for one of this run; with the
   * time since that moment, as some programs keep it in 32 bits.
   */
  private volatile long revision;

  /** The torrents of {@code client}, which keeps a state. */
  public Shelf(Client client, LongSupplier unixMillis) {
    this.client = client;
    this.unixMillis = unixMillis;
    revision = Math.max(1, unixMillis.getAsLong() / 1_000 - FIRST_UNIX_SECONDS);
    forgottenRevision = revision;
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
  public synchronized List<Item> items() {
    look();
    List<Item> all = listed.orElseGet(row::copy);
    listed = Optional.of(all);
    return all;
  }

  /** All together. */
  public synchronized Sums sums() {
    look();
    return tally.sums();
  }

  /** Those that changed at {@code millis} or later, in the order in which they came. */
  public synchronized List<Item> changedAfter(long millis) {
    look();
    return latest(item -> item.changedMillis() >= millis);
  }

  /** What changed since {@code seen}; 0 for everything. */
  public synchronized Changes since(long seen) {
    look();
    boolean full = seen <= 0 || seen > revision || seen < forgottenRevision;
    return new Changes(
        revision,
        full,
        full ? items() : latest(item -> item.revision() > seen),
        full ? List.of() : removed.stream().filter(r -> r.revision() > seen).toList());
  }

  /** Torrents that are gone, as far as they are remembered. */
  public synchronized List<Removed> removed() {
    look();
    return List.copyOf(removed);
  }

  /** That of the last change that was seen. */
  public long revision() {
    return revision;
  }

  /** The last that changed as long as {@code wanted}, in the order in which they came. */
  private List<Item> latest(Predicate<Item> wanted) {
    List<Item> found = new ArrayList<>();
    for (Item item : byChange.sequencedValues().reversed()) {
      if (!wanted.test(item)) {
        break;
      }
      found.add(item);
    }
    found.sort(Comparator.comparingInt(Item::number));
    return Collections.unmodifiableList(found);
  }

  /** What is so at this moment, not a moment ago. */
  public Optional<Item> now(InfoHashes torrent) {
    lookNow();
    synchronized (this) {
      return Optional.ofNullable(byTorrent.get(torrent)).map(items::get);
    }
  }

  /** Has {@code listener} learn of torrents of which somebody wants to hear at once. */
  public void onNews(Consumer<InfoHashes> listener) {
    news = listener;
  }

  /** Something happened to {@code torrent} that people wait for. */
  void news(InfoHashes torrent) {
    news.accept(torrent);
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
    news(torrent);
  }

  /** Something that is told of {@code torrent}, and is not here, has changed. */
  void renew(InfoHashes torrent) {
    renewed.add(torrent);
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
    Set<InfoHashes> again = new HashSet<>(touched);
    touched.removeAll(again);
    again.forEach(records::remove);
    Set<InfoHashes> all = new HashSet<>(renewed);
    renewed.removeAll(all);
    all.addAll(again);
    SnapshotChanges looked = client.changes(version);
    version = looked.version();
    long next = revision + 1;
    boolean changed = false;
    for (TorrentSnapshot now : looked.changed()) {
      changed |= put(now, next, false);
    }
    for (InfoHashes torrent : all) {
      Optional<TorrentSnapshot> now = client.torrent(torrent).flatMap(TorrentHandle::snapshot);
      changed |= now.isPresent() && put(now.get(), next, true);
    }
    if (looked.full()) {
      changed |= drop(looked.changed(), next);
    }
    revision = changed ? next : revision;
  }

  private boolean put(TorrentSnapshot now, long next, boolean renewed) {
    TorrentRecord record = records.get(now.torrent());
    if (record == null) {
      record = client.torrent(now.torrent()).flatMap(TorrentHandle::record).orElse(null);
      if (record == null) {
        // Not written down yet.
        touched.add(now.torrent());
        return false;
      }
      records.put(now.torrent(), record);
    }
    int number = byTorrent.computeIfAbsent(now.torrent(), torrent -> ++lastNumber);
    Optional<Item> before = Optional.ofNullable(items.get(number));
    Optional<Facts> known = Optional.ofNullable(facts.get(now.torrent()));
    TorrentRecord written = record;
    boolean same =
        before.filter(b -> b.record().equals(written) && b.facts().equals(known)).isPresent();
    if (!renewed && same && looksLike(before.orElseThrow().now(), now)) {
      return false;
    }
    if (before.isEmpty() || !before.get().facts().equals(known)) {
      factsVersion.incrementAndGet();
    }
    Item item = item(number, record, now, known, before, next, same);
    items.put(number, item);
    row.put(item);
    byChange.putLast(number, item);
    listed = Optional.empty();
    before.ifPresent(b -> tally.remove(b.now()));
    tally.add(now);
    if (before.isEmpty() || !before.get().torrent().equals(item.torrent())) {
      item.hashes().forEach(hash -> numbers.put(hash, number));
    }
    return true;
  }

  /** Whether people would see no difference: the time of seeding alone is no news. */
  private static boolean looksLike(TorrentSnapshot before, TorrentSnapshot now) {
    return before.equals(now)
        || (now.seedingNanos() - before.seedingNanos() < SEEDING_NANOS
            && before.equals(now.seeding(before.seedingNanos())));
  }

  private Item item(
      int number,
      TorrentRecord record,
      TorrentSnapshot now,
      Optional<Facts> known,
      Optional<Item> before,
      long next,
      boolean same) {
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
    Item item = new Item(number, record, now, known, next, next, millis, activeMillis, completed);
    if (completed == 0 && item.isComplete()) {
      return item.completedAt(millis);
    }
    return same ? item.sinceShapeOf(before.orElseThrow()) : item;
  }

  private boolean drop(List<TorrentSnapshot> there, long next) {
    Set<Integer> seen = new HashSet<>();
    there.forEach(now -> Optional.ofNullable(byTorrent.get(now.torrent())).ifPresent(seen::add));
    List<Item> gone = new ArrayList<>();
    items.values().stream().filter(item -> !seen.contains(item.number())).forEach(gone::add);
    for (Item item : gone) {
      items.remove(item.number());
      row.remove(item.number());
      byChange.remove(item.number());
      listed = Optional.empty();
      tally.remove(item.now());
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
