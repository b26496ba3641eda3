package sluice.tracker.service;

/**
 * How clients are served.
 *
 * @param intervalSeconds when a peer shall announce again, before chance and load change it
 * @param minIntervalSeconds no announce sooner than this
 * @param jitterPercent by how much the interval differs from peer to peer, so that peers that came
 *     together do not come back together
 * @param defaultWant peers for who does not say how many
 * @param maxWant most peers of one reply
 * @param announcesPerSecond beyond this load intervals become longer
 * @param addressPerSecond requests of one address each second that are answered; 0 for no limit
 */
public record Rules(
    int intervalSeconds,
    int minIntervalSeconds,
    int jitterPercent,
    int defaultWant,
    int maxWant,
    int announcesPerSecond,
    int addressPerSecond) {

  /** Half an hour, 50 peers. */
  public static final Rules DEFAULT = new Rules(1_800, 900, 10, 50, 200, 100_000, 1_000);

  /** Longest interval: a peer is forgotten after two of them, and that is less than half a day. */
  public static final int MAX_INTERVAL_SECONDS = 14_400;

  private static final int MAX_JITTER_PERCENT = 50;

  public Rules {
    check(intervalSeconds >= 1 && intervalSeconds <= MAX_INTERVAL_SECONDS, "interval");
    check(minIntervalSeconds >= 1 && minIntervalSeconds <= intervalSeconds, "min-interval");
    check(jitterPercent >= 0 && jitterPercent <= MAX_JITTER_PERCENT, "jitter");
    check(maxWant >= 0 && maxWant <= sluice.tracker.swarm.Visit.MAX_WANT, "max-want");
    check(defaultWant >= 0 && defaultWant <= maxWant, "default-want");
    check(announcesPerSecond >= 1, "announces-per-second");
    check(addressPerSecond >= 0, "address-per-second");
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what + " is out of range");
    }
  }

  /** How many peers who asks for {@code wanted} gets; negative stands for no wish. */
  public int want(long wanted) {
    return (int) (wanted < 0 ? defaultWant : Math.min(wanted, maxWant));
  }
}
