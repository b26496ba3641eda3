package sluice.sim.world;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A world in virtual time: one queue of events, one tree of random generators, one running digest
 * of everything that happened. The same seed and the same calls give the same digest. One thread.
 */
public final class SimWorld {
  private final long seed;
  private final Chance chance;
  private final PriorityQueue<SimEvent> queue = new PriorityQueue<>();
  private final Trace trace = new Trace();
  private long now;
  private long sequence;
  private int loops;
  private @Nullable SimLoop current;

  /** A world at time 0 in which nothing happens yet. */
  public SimWorld(long seed) {
    this.seed = seed;
    this.chance = new Chance(seed);
  }

  /** The seed, to repeat this history. */
  public long seed() {
    return seed;
  }

  /** Virtual nanoseconds since the start. */
  public long now() {
    return now;
  }

  /** The random generator called {@code path}. */
  public Chance chance(String path) {
    return chance.child(path);
  }

  /** A loop called {@code name}, whose clock starts anywhere. */
  public SimLoop loop(String name) {
    int id = ++loops;
    return new SimLoop(this, name, id, chance.child("clock/" + name + "/" + id).nextLong());
  }

  /** Events that have run. */
  public long events() {
    return trace.events();
  }

  /** Hash over all events and noted payloads so far. */
  public long digest() {
    return trace.digest();
  }

  /** Adds {@code payload} to the digest. */
  public void note(long payload) {
    trace.note(payload);
  }

  /** Lets {@code action} happen after {@code delayNanos}, outside of all loops. */
  public void schedule(long delayNanos, String label, Runnable action) {
    schedule(null, delayNanos, label, action);
  }

  SimEvent schedule(@Nullable SimLoop owner, long delayNanos, String label, Runnable action) {
    long at = Math.addExact(now, Math.max(0, delayNanos));
    SimEvent event = new SimEvent(at, sequence++, owner, label, action);
    queue.add(event);
    return event;
  }

  @Nullable SimLoop current() {
    return current;
  }

  /**
   * Runs events until {@code done} holds, nothing is left to happen or {@code max} has passed.
   *
   * @return whether {@code done} holds
   */
  public boolean run(BooleanSupplier done, Duration max) {
    long end = now + max.toNanos();
    while (!done.getAsBoolean()) {
      SimEvent next = queue.peek();
      if (next == null || next.at > end) {
        now = end;
        return done.getAsBoolean();
      }
      queue.remove();
      step(next);
    }
    return true;
  }

  /** Runs events for {@code time}. */
  public void runFor(Duration time) {
    run(() -> false, time);
  }

  private void step(SimEvent event) {
    Runnable action = event.action;
    SimLoop owner = event.owner;
    if (action == null || (owner != null && !owner.isAlive())) {
      return;
    }
    event.action = null;
    now = event.at;
    trace.add(event);
    current = owner;
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      throw new SimFailure("seed " + seed + ", " + trace.describe(), e);
    } finally {
      current = null;
    }
  }
}
