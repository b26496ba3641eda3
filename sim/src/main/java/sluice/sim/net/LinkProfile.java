package sluice.sim.net;

/**
 * How a host is connected.
 *
 * @param latencyNanos one way, to the middle of the network
 * @param jitterNanos at most this is added to the latency of a packet
 * @param upBytesPerSecond sending rate; 0 for unlimited
 * @param downBytesPerSecond receiving rate; 0 for unlimited
 * @param loss probability that a packet is lost; on a stream it comes late instead
 * @param reachable false: connections from outside are dropped silently
 */
public record LinkProfile(
    long latencyNanos,
    long jitterNanos,
    long upBytesPerSecond,
    long downBytesPerSecond,
    double loss,
    boolean reachable) {
  private static final long MILLI = 1_000_000;

  /** A data centre: 1 ms, unlimited. */
  public static LinkProfile fast() {
    return new LinkProfile(MILLI, 0, 0, 0, 0, true);
  }

  /** A home: 15 ms with jitter, 2 MB/s up, 8 MB/s down, a packet lost in a thousand. */
  public static LinkProfile home() {
    return new LinkProfile(15 * MILLI, 3 * MILLI, 2_000_000, 8_000_000, 0.001, true);
  }

  /** A poor line: 120 ms with jitter, 60 kB/s up, 250 kB/s down, 2 % loss. */
  public static LinkProfile poor() {
    return new LinkProfile(120 * MILLI, 30 * MILLI, 60_000, 250_000, 0.02, true);
  }

  /** The same with other rates in bytes per second. */
  public LinkProfile rates(long up, long down) {
    return new LinkProfile(latencyNanos, jitterNanos, up, down, loss, reachable);
  }

  /** The same behind a filter that drops what comes from outside. */
  public LinkProfile filtered() {
    return new LinkProfile(
        latencyNanos, jitterNanos, upBytesPerSecond, downBytesPerSecond, loss, false);
  }
}
