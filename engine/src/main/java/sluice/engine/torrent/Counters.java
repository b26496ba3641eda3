package sluice.engine.torrent;

import sluice.engine.rate.Meter;

/** Payload bytes of a torrent since it was added. Loop only. */
public final class Counters {
  private final Meter down;
  private final Meter up;
  private long wasted;
  private Totals before = Totals.ZERO;

  Counters(long now) {
    down = new Meter(now);
    up = new Meter(now);
  }

  /** Counts on from what was done before. */
  void before(Totals totals) {
    before = totals;
  }

  /** All runs together; the times are those of this run. */
  Totals totals(long seedingNanos, long activeNanos) {
    return new Totals(
        downloaded(),
        uploaded(),
        wasted(),
        before.seedingNanos() + seedingNanos,
        before.activeNanos() + activeNanos);
  }

  void received(int bytes, long now) {
    down.add(bytes, now);
  }

  void sent(int bytes, long now) {
    up.add(bytes, now);
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
