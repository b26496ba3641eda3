package sluice.engine.torrent;

import java.util.OptionalLong;
import sluice.engine.rate.Meter;

/** Payload bytes and times of a torrent since it was added. Loop only. */
public final class Counters {
  private final Meter down;
  private final Meter up;
  private long wasted;

  /** Time of seeding when payload was sent last; empty if that was not in this run. */
  private OptionalLong seededAtSend = OptionalLong.empty();

  private Totals before = Totals.ZERO;
  private Phase phase = new Phase.Checking();

  /** Until when the times below count. */
  private long sinceNanos;

  private long activeNanos;
  private long seedingNanos;

  Counters(long now) {
    down = new Meter(now);
    up = new Meter(now);
    sinceNanos = now;
  }

  /** Counts on from what was done before. */
  void before(Totals totals) {
    before = totals;
  }

  /** The torrent is in {@code next} from {@code now} on. */
  void enter(Phase next, long now) {
    pass(now);
    phase = next;
  }

  /** All runs together. */
  Totals totals(long now) {
    pass(now);
    return new Totals(
        downloaded(),
        uploaded(),
        wasted(),
        before.seedingNanos() + seedingNanos,
        before.activeNanos() + activeNanos,
        seededAtSend.isPresent()
            ? seedingNanos - seededAtSend.getAsLong()
            : before.idleNanos() + seedingNanos);
  }

  private void pass(long now) {
    long passed = now - sinceNanos;
    activeNanos += phase.isActive() ? passed : 0;
    seedingNanos += phase instanceof Phase.Seeding ? passed : 0;
    sinceNanos = now;
  }

  void received(int bytes, long now) {
    down.add(bytes, now);
  }

  void sent(int bytes, long now) {
    up.add(bytes, now);
    pass(now);
    seededAtSend = OptionalLong.of(seedingNanos);
  }

  void wasted(long bytes) {
    wasted += bytes;
  }

  /** Payload received, wasted bytes included. */
  public long downloaded() {
    return before.downloaded() + down.total();
  }

  /** Payload sent. */
  public long uploaded() {
    return before.uploaded() + up.total();
  }

  /** Payload received for nothing: twice, withdrawn or wrong. */
  public long wasted() {
    return before.wasted() + wasted;
  }

  /** Bytes per second received. */
  public long downRate(long now) {
    return down.rate(now);
  }

  /** Bytes per second sent. */
  public long upRate(long now) {
    return up.rate(now);
  }
}
