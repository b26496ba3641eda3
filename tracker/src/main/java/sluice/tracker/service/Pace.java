package sluice.tracker.service;

/**
 * The interval that peers are told: the configured one, longer under load, a little different for
 * each peer. Measured once a second by one thread, read by all.
 */
public final class Pace {
  private static final int LONGEST = 4;

  private volatile Rules rules;
  private volatile int seconds;

  Pace(Rules rules) {
    this.rules = rules;
    this.seconds = rules.intervalSeconds();
  }

  void rules(Rules replacement) {
    rules = replacement;
    seconds = replacement.intervalSeconds();
  }

  /**
   * The load of the last second. Peers come back after an interval, so it is changed slowly: by an
   * eighth of the way each second.
   */
  void measure(long announces) {
    double load = (double) announces / rules.announcesPerSecond();
    double wanted = rules.intervalSeconds() * Math.clamp(load, 1.0, LONGEST);
    wanted = Math.min(wanted, Rules.MAX_INTERVAL_SECONDS);
    seconds = (int) Math.round(seconds + (wanted - seconds) / 8);
  }

  /** The interval before chance changes it. */
  public int seconds() {
    return seconds;
  }

  /** The interval for one reply. */
  public int interval(long random) {
    int base = seconds;
    int spread = base * rules.jitterPercent() / 100;
    return base - spread + (int) (((random & 0xffff) * (2 * spread + 1)) >>> 16);
  }

  /** When a peer that has not come back is forgotten: after two intervals, and a bit. */
  public int ttlSeconds() {
    return 2 * seconds + seconds / 4;
  }
}
