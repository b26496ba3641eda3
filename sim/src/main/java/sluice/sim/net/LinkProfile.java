package sluice.sim.net;

/**
 * How a host is connected.
 *
 * @param latencyNanos one way, to the middle of the network
 * @param jitterNanos at most this is added to the latency of a packet
 * @param upBytesPerSecond sending rate; 0 for unlimited
 * @param downBytesPerSecond receiving rate; 0 for unlimited
 * @param loss probability that a packet is lost; on a stream it comes late instead
 * @param reachable false: connections from outside are dropped silently, and so are datagrams from
 *     where the port has not sent anything for a minute
 * @param portShift between the ports of datagrams as the host and as others see them
 */
public record LinkProfile(
    long latencyNanos,
    long jitterNanos,
    long upBytesPerSecond,
    long downBytesPerSecond,
    double loss,
    boolean reachable,
    int portShift) {
  private static final long MILLI = 1_000_000;
  private static final int SHIFT = 10_000;

  /** A data centre: 1 ms, unlimited. */
  public static LinkProfile fast() {
    return new LinkProfile(MILLI, 0, 0, 0, 0, true, 0);
  }

  /** A home: 15 ms with jitter, 2 MB/s up, 8 MB/s down, a packet lost in a thousand. */
  public static LinkProfile home() {
    return new LinkProfile(15 * MILLI, 3 * MILLI, 2_000_000, 8_000_000, 0.001, true, 0);
  }

  /** A poor line: 120 ms with jitter, 60 kB/s up, 250 kB/s down, 2 % loss. */
  public static LinkProfile poor() {
    return new LinkProfile(120 * MILLI, 30 * MILLI, 60_000, 250_000, 0.02, true, 0);
  }

  /** The same with other rates in bytes per second. */
  public LinkProfile rates(long up, long down) {
    return new LinkProfile(latencyNanos, jitterNanos, up, down, loss, reachable, portShift);
  }

  /** The same behind a filter that drops what comes from outside. */
  public LinkProfile filtered() {
    return new LinkProfile(
        latencyNanos, jitterNanos, upBytesPerSecond, downBytesPerSecond, loss, false, portShift);
  }

  /** The same behind a router that filters, and translates ports. */
  public LinkProfile translated() {
    return new LinkProfile(
        latencyNanos, jitterNanos, upBytesPerSecond, downBytesPerSecond, loss, false, SHIFT);
  }
}
