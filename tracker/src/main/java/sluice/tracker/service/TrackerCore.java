package sluice.tracker.service;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.tracker.swarm.StoreLimits;
import sluice.tracker.swarm.SwarmStore;
import sluice.tracker.swarm.Visit;

/**
 * A tracker without its sockets: swarms, rules, gate and counters. Any thread; {@link #turn} is for
 * one.
 */
public final class TrackerCore {
  /** How often {@link #turn} is to be called. */
  public static final int TURNS_PER_SECOND = 20;

  private static final int SWEEP_SECONDS = 60;

  private final SwarmStore store;
  private volatile Rules rules;
  private final Pace pace;
  private volatile AddressLimit addresses;
  private final long seed;
  private final Counters counters = new Counters();
  private volatile Gate gate;
  private volatile @Nullable Consumer<Visit> told;
  private int turns;
  private long announcesBefore;

  /**
   * A tracker without swarms.
   *
   * @param seed secret random bits
   */
  public TrackerCore(Rules rules, StoreLimits limits, Gate gate, long seed) {
    this.rules = rules;
    this.seed = seed;
    this.pace = new Pace(rules);
    this.gate = gate;
    this.store = new SwarmStore(seed, limits);
    this.addresses = new AddressLimit(seed, rules.addressPerSecond());
  }

  /** How clients are served. */
  public Rules rules() {
    return rules;
  }

  /** Serves clients by other rules from here on. */
  public void rules(Rules replacement) {
    if (replacement.addressPerSecond() != rules.addressPerSecond()) {
      addresses = new AddressLimit(seed, replacement.addressPerSecond());
    }
    rules = replacement;
    pace.rules(replacement);
  }

  /** The interval. */
  public Pace pace() {
    return pace;
  }

  /** What was done. */
  public Counters counters() {
    return counters;
  }

  /** Who is let in. */
  public Gate gate() {
    return gate;
  }

  /** Lets others in from here on. */
  public void gate(Gate replacement) {
    gate = replacement;
  }

  /** The swarms. */
  public SwarmStore store() {
    return store;
  }

  /** Whether the sender in two words (an IPv4 address is in the second) may ask again. */
  public boolean admits(long high, long low, int seconds) {
    return addresses.admits(high, low, seconds);
  }

  /** Answers an announce that was admitted, and keeps it. */
  public void announce(Visit visit, int seconds, long random, ByteBuffer out) {
    store.announce(visit, seconds, random, out);
    Consumer<Visit> who = told;
    if (who != null) {
      who.accept(visit);
    }
  }

  /** Tells {@code listener} of each announce; it keeps nothing of the visit. */
  public void tell(Consumer<Visit> listener) {
    told = listener;
  }

  /** Forgets those who are gone and measures the load. */
  public void turn(int seconds) {
    store.sweep(seconds, pace.ttlSeconds(), SWEEP_SECONDS * TURNS_PER_SECOND);
    turns++;
    if (turns % TURNS_PER_SECOND == 0) {
      long announces = counters.announces();
      pace.measure(announces - announcesBefore);
      announcesBefore = announces;
    }
  }
}
