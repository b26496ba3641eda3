package sluice.engine.session;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import sluice.engine.port.Loop;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;

/**
 * When entries are opened and closed, apart from what the user wants: few are being opened at a
 * time, and complete ones are closed while nobody wants them. Loop only.
 */
final class Openings {
  /** Closed torrents of which trackers are told the end; the others they forget by themselves. */
  private static final int MAX_GOODBYES = 1_000;

  /** How many the end of the session records the time of; the others lose an hour of it at most. */
  private static final int MAX_RECORDED = 10_000;

  /** Ticks between two looks at all that stand closed, at least. */
  private static final int LOOK_TICKS = 60;

  /** How many are looked at in a tick, so that the loop is not kept from its work. */
  private static final int LOOKED_PER_TICK = 1_000;

  /** Time of standing closed that a crash may cost. */
  private static final long RECORD_NANOS = 3_600_000_000_000L;

  /** Most that are recorded, or opened because they have shared enough, in a tick. */
  private static final int MOST_LOOKED = 100;

  private final Register entries;
  private final Turnstile turnstile;
  private final RollCall roll;
  private final BooleanSupplier dht;

  /** Those that are to be looked at yet. */
  private Iterator<Entry> looked = Collections.emptyIterator();

  private int ticks;

  /** {@code dht} tells whether there is one to be announced in. */
  Openings(Loop loop, Register entries, BooleanSupplier dht) {
    this.entries = entries;
    this.turnstile = new Turnstile(loop);
    this.roll = new RollCall(entries::get);
    this.dht = dht;
  }

  /** Whether {@code entry} may open its files to run; if not, it is told when it may. */
  boolean enter(Entry entry) {
    return turnstile.enter(entry);
  }

  /** Somebody waits for {@code entry}, which waits for its turn. */
  void hurry(Entry entry) {
    turnstile.hurry(entry);
  }

  /** {@code entry} stands closed. */
  void waits(Entry entry) {
    if (!entry.standby().hasHadTurn()) {
      roll.add(entry, entry.spec().trackers() || dht.getAsBoolean());
    }
  }

  /** {@code source} named peers for {@code entry}, which stands closed. */
  void found(Entry entry, List<Endpoint> peers, Source source) {
    roll.found(entry, peers, source);
  }

  /** Something about {@code entry} has changed. */
  void look(Entry entry) {
    turnstile.look(entry);
  }

  /**
   * A second has passed; there is {@code room} for so many that are opened.
   *
   * @param shared whether one that stands closed has shared for long enough
   */
  void tick(long now, Collection<Torrent> running, IntSupplier room, Predicate<Entry> shared) {
    turnstile.tick();
    roll.tick(now, running, room);
    if (++ticks >= LOOK_TICKS && !looked.hasNext()) {
      ticks = 0;
      looked = List.copyOf(entries.all()).iterator();
    }
    look(shared);
  }

  private void look(Predicate<Entry> shared) {
    int most = MOST_LOOKED;
    for (int i = 0; i < LOOKED_PER_TICK && most > 0 && looked.hasNext(); i++) {
      Entry entry = looked.next();
      if (!entry.isWaiting()) {
        continue;
      }
      boolean due = shared.test(entry);
      if (due) {
        roll.add(entry, true);
      } else if (entry.standby().closedNanos() >= RECORD_NANOS) {
        entry.standby().record();
      } else {
        continue;
      }
      most--;
    }
  }

  /** Stops all of them; {@code done} runs when each has closed its files. */
  static void end(List<Entry> all, Runnable done) {
    Runnable once = Countdown.of(2 * all.size(), done);
    int goodbyes = 0;
    int recorded = 0;
    for (Entry entry : all) {
      entry.errands().giveUp();
      if (entry.standby().isListed() && ++goodbyes > MAX_GOODBYES) {
        entry.standby().abandon();
      }
      if (entry.isWaiting() && ++recorded <= MAX_RECORDED) {
        entry.standby().record();
      }
      entry.standby().leave(once);
      entry.stop(once);
    }
  }
}
