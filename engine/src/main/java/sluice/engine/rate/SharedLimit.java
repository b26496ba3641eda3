package sluice.engine.rate;

import java.util.ArrayList;
import java.util.List;

/**
 * A limit in bytes per second that classes of traffic share. Every tick the tokens that time has
 * brought, and those that no class has used, are divided anew: first the guaranteed minimum of each
 * class that wants it, then by weight among the classes that want more (water-filling), so that
 * what one leaves the others get. Between ticks a block costs its class a subtraction. At most a
 * quarter of a second of tokens is kept. Thread: its owner's loop.
 */
public final class SharedLimit {
  private static final double SECOND_NANOS = 1e9;
  private static final double MAX_TICK_SECONDS = 0.25;

  private final List<ClassShare> shares = new ArrayList<>();
  private long limit;
  private long lastNanos;

  /** Tokens that no class holds, with the fraction that was left of the last division. */
  private double pot;

  /** A limit of {@code bytesPerSecond}; 0 is none. */
  public SharedLimit(long bytesPerSecond, long now) {
    limit = Math.min(bytesPerSecond, TokenBucket.MAX_LIMIT);
    pot = burst();
    lastNanos = now;
  }

  /** The limit in bytes per second; 0 for none. */
  public long limit() {
    return limit;
  }

  /** Changes the limit; what classes hold and owe is forgotten if there was or is none. */
  public void limit(long bytesPerSecond, long now) {
    long changed = Math.min(bytesPerSecond, TokenBucket.MAX_LIMIT);
    if (changed == limit) {
      return;
    }
    boolean began = limit == 0;
    limit = changed;
    if (began || limit == 0) {
      shares.forEach(s -> s.limited(limit > 0));
      pot = burst();
      lastNanos = now;
      divide(now, 0);
    }
  }

  /** A share for a class; it holds tokens at once if there are any. */
  ClassShare add(ClassLimits limits, boolean exempt, long now) {
    ClassShare share = new ClassShare(limits, exempt, limit > 0, now);
    if (!exempt) {
      shares.add(share);
    }
    divide(now, 0);
    return share;
  }

  /** Another share of the class of {@code share}, which is not exempt; it gets tokens in time. */
  ClassShare beside(ClassShare share) {
    ClassShare other = share.beside();
    shares.add(other);
    return other;
  }

  /** Ends a class; its tokens go back. */
  void remove(ClassShare share) {
    if (shares.remove(share)) {
      pot = Math.min(burst(), pot + share.reclaim(0));
    }
  }

  /** Time has passed: divides what it has brought. Called about ten times a second. */
  public void tick(long now) {
    double seconds = Math.clamp((now - lastNanos) / SECOND_NANOS, 0, MAX_TICK_SECONDS);
    lastNanos = now;
    divide(now, seconds);
    shares.forEach(share -> share.tickEnds(now));
  }

  private double burst() {
    return limit == 0 ? 0 : Math.max(limit / 4, TokenBucket.MIN_BURST_BYTES);
  }

  private void divide(long now, double seconds) {
    if (limit == 0 || shares.isEmpty()) {
      return;
    }
    for (ClassShare share : shares) {
      pot += share.reclaim((long) burst());
    }
    pot = Math.min(burst(), pot + limit * seconds);
    long[] demands = new long[shares.size()];
    for (int i = 0; i < demands.length; i++) {
      demands[i] = Math.max(0, shares.get(i).demand(now, seconds));
    }
    giveMinimums(demands, seconds);
    fill(demands);
    for (int i = 0; i < demands.length; i++) {
      demands[i] = shares.get(i).slack();
    }
    fill(demands);
  }

  /** Gives each class its minimum of the tick, or the same part of it where all are too much. */
  private void giveMinimums(long[] demands, double seconds) {
    double sum = 0;
    for (int i = 0; i < demands.length; i++) {
      sum += Math.min((double) demands[i], shares.get(i).minimum() * seconds);
    }
    double part = sum > pot ? pot / sum : 1;
    for (int i = 0; i < demands.length; i++) {
      double minimum = Math.min((double) demands[i], shares.get(i).minimum() * seconds);
      give(i, (long) (minimum * part), demands);
    }
  }

  /** Divides the pot by weight; who has enough leaves the rest to the others. */
  private void fill(long[] demands) {
    while (pot >= 1) {
      double weights = 0;
      for (int i = 0; i < demands.length; i++) {
        weights += demands[i] > 0 ? shares.get(i).weight() : 0;
      }
      if (weights == 0) {
        return;
      }
      double each = pot / weights;
      boolean someoneIsFull = false;
      for (int i = 0; i < demands.length; i++) {
        if (demands[i] > 0 && demands[i] <= each * shares.get(i).weight()) {
          give(i, demands[i], demands);
          someoneIsFull = true;
        }
      }
      if (!someoneIsFull) {
        for (int i = 0; i < demands.length; i++) {
          give(i, Math.min(demands[i], (long) (each * shares.get(i).weight())), demands);
        }
        return;
      }
    }
  }

  private void give(int index, long bytes, long[] demands) {
    shares.get(index).give(bytes);
    demands[index] -= bytes;
    pot -= bytes;
  }
}
