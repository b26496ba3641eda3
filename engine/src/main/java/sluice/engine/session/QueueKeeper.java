package sluice.engine.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import sluice.engine.policy.QueueEntry;
import sluice.engine.policy.QueueEntry.Job;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.QueuePlan;
import sluice.engine.port.Loop;

/**
 * Gives the torrents of a session their turn, as far as the limits allow. Loop only.
 *
 * <p>A candidate is wanted, has no fault and does not stand closed (see {@link RollCall}: what
 * stands closed takes no place until somebody wants it). It is in exactly one place: among those
 * that may run, or in the line of its job. As a line gives no more torrents than there are places
 * for its job, a plan looks at those that run and at the heads of the lines. Without limits there
 * are no candidates, and nothing is done.
 */
final class QueueKeeper {
  /** Time that one running torrent puts off a plan, so that planning takes a small part of it. */
  private static final long LOOK_NANOS = 10_000;

  private final Loop loop;
  private final Consumer<EngineEvent> events;
  private final QueueOrder order = new QueueOrder();

  /** All entries by their turn. */
  private final Map<Turn, Entry> entries = new HashMap<>();

  private final Map<Turn, Entry> running = new LinkedHashMap<>();
  private final Map<Job, NavigableMap<Turn, Entry>> lines = new EnumMap<>(Job.class);

  /** Those that came to a line since the last plan. */
  private final List<Entry> fresh = new ArrayList<>();

  private QueueLimits limits;
  private boolean paused;
  private boolean stirred;
  private boolean gathering;

  QueueKeeper(Loop loop, QueueLimits limits, Consumer<EngineEvent> events) {
    this.loop = loop;
    this.limits = limits;
    this.events = events;
    for (Job job : Job.values()) {
      lines.put(job, new TreeMap<>(Turn.ORDER));
    }
  }

  private boolean isOpen() {
    return limits.isOpen() && !paused;
  }

  /** An entry is registered; it has done nothing yet. */
  void add(Entry entry) {
    Turn turn = entry.turn();
    order.add(turn, entry.spec().terms().place().isEmpty());
    entries.put(turn, entry);
    turn.allow(mayOpen(entry) || entry.spec().source().waits());
  }

  /** The entry has left. */
  void gone(Entry entry) {
    drop(entry);
    order.remove(entry.turn());
    entries.remove(entry.turn());
  }

  /** Whether {@code entry} may open its files at once; else it will be told. */
  boolean mayOpen(Entry entry) {
    return isOpen() || entry.turn().place().forced();
  }

  /** How many closed torrents may be opened to seed. */
  int roomForSeeds() {
    if (isOpen()) {
      return QueueLimits.UNLIMITED;
    }
    if (paused || !lineOf(Job.SEED).isEmpty()) {
      return 0;
    }
    int seeds = 0;
    int active = 0;
    for (Turn turn : running.keySet()) {
      active += turn.job() == Job.CHECK ? 0 : 1;
      seeds += turn.job() == Job.SEED && !turn.isSlow() ? 1 : 0;
    }
    return Math.max(0, Math.min(limits.seeds() - seeds, limits.active() - active));
  }

  /** Changes the limits; with {@code pause} nobody runs but who is forced. */
  void limits(QueueLimits changed, boolean pause) {
    boolean before = isOpen();
    limits = changed;
    paused = pause;
    if (isOpen()) {
      if (!before) {
        release();
      }
      return;
    }
    stir();
    if (before) {
      long now = loop.now();
      for (Turn turn : order.all()) {
        Entry entry = entry(turn);
        changed(entry, entry.last());
        turn.settled(now);
      }
    }
  }

  /** Lets everybody go on. */
  private void release() {
    running.clear();
    lines.values().forEach(Map::clear);
    fresh.clear();
    for (Turn turn : order.all()) {
      boolean held = !turn.isAllowed();
      turn.allow(true);
      if (held) {
        entry(turn).settle();
        tellRuns(entry(turn));
      }
    }
  }

  /** Something about {@code entry} has changed, which is shown as {@code last}. */
  void changed(Entry entry, TorrentSnapshot last) {
    if (isOpen() || !entries.containsKey(entry.turn())) {
      return;
    }
    Turn turn = entry.turn();
    if (!entry.isQueueing()) {
      drop(entry);
      // What is not wanted has to wait when it is; faulted and closed ones do not run.
      turn.allow(turn.place().forced() || entry.isWanted());
      return;
    }
    boolean inLine = line(turn).containsKey(turn);
    boolean runs = running.containsKey(turn);
    Job before = turn.job();
    boolean otherJob = turn.look(entry, last);
    if (turn.isAllowed()) {
      lineOf(before).remove(turn);
      running.put(turn, entry);
      if (!runs || otherJob) {
        turn.come();
        stir();
      }
    } else if (entry.isClosable() && !entry.standby().isCalled()) {
      turn.allow(true);
      loop.execute(entry::settle);
    } else {
      running.remove(turn);
      lineOf(before).remove(turn);
      line(turn).put(turn, entry);
      if (!inLine) {
        fresh.add(entry);
      }
      if (!inLine || otherJob) {
        stir();
      }
    }
  }

  /** Plans soon: the later, the more there is to look at. */
  private void stir() {
    if (!stirred && !isOpen() && !gathering) {
      stirred = true;
      loop.after(running.size() * LOOK_NANOS, this::plan);
    }
  }

  /** A second has passed. */
  void tick(long now) {
    if (isOpen()) {
      return;
    }
    for (Map.Entry<Turn, Entry> each : running.entrySet()) {
      Turn turn = each.getKey();
      if (turn.look(each.getValue(), each.getValue().last())) {
        turn.come();
        stir();
      }
      if (turn.measure(each.getValue(), limits, now)) {
        stir();
      }
    }
    // Somebody may have run so long that others have their turn.
    if (!paused && lines.values().stream().anyMatch(line -> !line.isEmpty())) {
      stir();
    }
  }

  /** Lets {@code entry} run outside the limits, or inside. */
  void force(Entry entry, boolean forced) {
    Turn turn = entry.turn();
    turn.place(turn.place().forced(forced));
    turn.allow(forced || isOpen() || (entry.isWanted() && turn.isAllowed()));
    stir();
  }

  /** Moves {@code entry}. The entries whose order has changed. */
  List<Entry> move(Entry entry, QueueMove move) {
    Turn turn = entry.turn();
    boolean waits = line(turn).remove(turn) != null;
    List<Entry> moved = order.move(turn, move).stream().map(this::entry).toList();
    if (waits) {
      line(turn).put(turn, entry);
    }
    if (waits || running.containsKey(turn)) {
      stir();
    }
    return moved;
  }

  /**
   * While {@code on}, no place is given: more torrents are about to come, some of which go first.
   */
  void gather(boolean on) {
    gathering = on;
    stir();
  }

  private void plan() {
    stirred = false;
    if (isOpen() || gathering) {
      return;
    }
    long now = loop.now();
    List<Turn> all = new ArrayList<>(running.keySet());
    if (!paused) {
      lines.forEach(
          (job, line) -> line.keySet().stream().limit(limits.most(job)).forEach(all::add));
    }
    all.sort(Turn.ORDER);
    List<QueueEntry> seen =
        all.stream().map(turn -> turn.asSeen(running.containsKey(turn), now)).toList();
    BitSet runs = QueuePlan.of(seen, limits);
    for (int i = 0; i < all.size(); i++) {
      if (!may(all.get(i), runs.get(i)) && running.containsKey(all.get(i))) {
        revoke(all.get(i));
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (may(all.get(i), runs.get(i))) {
        grant(all.get(i), now);
      }
    }
    tellWaiting();
  }

  private boolean may(Turn turn, boolean planned) {
    return planned && (!paused || turn.place().forced());
  }

  private void grant(Turn turn, long now) {
    Entry entry = entry(turn);
    boolean held = !turn.isAllowed();
    line(turn).remove(turn);
    running.put(turn, entry);
    if (held || turn.isNewcomer()) {
      turn.begin(now);
    }
    if (held) {
      turn.allow(true);
      entry.settle();
      tellRuns(entry);
    }
  }

  private void revoke(Turn turn) {
    Entry entry = entry(turn);
    turn.allow(false);
    running.remove(turn);
    line(turn).put(turn, entry);
    fresh.add(entry);
    entry.settle();
  }

  private void tellRuns(Entry entry) {
    if (entry.turn().isTold()) {
      entry.turn().tell(false);
      events.accept(new EngineEvent.Unqueued(entry.hashes()));
    }
  }

  /** Who came and has no place waits, or stands closed if that is enough. */
  private void tellWaiting() {
    List<Entry> came = List.copyOf(fresh);
    fresh.clear();
    for (Entry entry : came) {
      Turn turn = entry.turn();
      if (!line(turn).containsKey(turn)) {
        continue;
      }
      if (entry.isClosable()) {
        turn.allow(true);
        entry.standby().sendAway();
      } else if (!turn.isTold()) {
        turn.tell(true);
        events.accept(new EngineEvent.Queued(entry.hashes()));
      }
    }
  }

  private void drop(Entry entry) {
    boolean had = running.remove(entry.turn()) != null;
    had |= line(entry.turn()).remove(entry.turn()) != null;
    entry.turn().tell(false);
    if (had) {
      stir();
    }
  }

  private Entry entry(Turn turn) {
    return Objects.requireNonNull(entries.get(turn));
  }

  private NavigableMap<Turn, Entry> line(Turn turn) {
    return lineOf(turn.job());
  }

  private NavigableMap<Turn, Entry> lineOf(Job job) {
    return Objects.requireNonNull(lines.get(job));
  }
}
