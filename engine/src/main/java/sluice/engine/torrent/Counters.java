package sluice.engine.torrent;

import sluice.engine.rate.Meter;

/** Payload bytes of a torrent. Loop only. */
public final class Counters {
  private final Meter down;
  private final Meter up;
  private long wasted;

  Counters(long now) {
    down = new Meter(now);
    up = new Meter(now);
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
    return down.total();
  }

  /** Payload sent. */
  public long uploaded() {
    return up.total();
  }

  /** Payload received for nothing: twice, withdrawn or wrong. */
  public long wasted() {
    return wasted;
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
