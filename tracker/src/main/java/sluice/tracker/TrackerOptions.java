package sluice.tracker;

import java.net.InetSocketAddress;
import java.util.List;
import sluice.tracker.service.Gate;
import sluice.tracker.service.Rules;
import sluice.tracker.swarm.StoreLimits;

/**
 * What a tracker is to be.
 *
 * @param udp where to listen for datagrams; none for no UDP
 * @param http where to listen for HTTP; none for no HTTP
 * @param rules how clients are served
 * @param limits how much is kept
 * @param gate who is let in
 * @param threads for each way of asking
 */
public record TrackerOptions(
    List<InetSocketAddress> udp,
    List<InetSocketAddress> http,
    Rules rules,
    StoreLimits limits,
    Gate gate,
    int threads) {
  private static final int MAX_THREADS = 256;

  public TrackerOptions {
    udp = List.copyOf(udp);
    http = List.copyOf(http);
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads: 1 to " + MAX_THREADS);
    }
  }

  /** Open to everyone, with a thread for each processor. */
  public static TrackerOptions open() {
    return new TrackerOptions(
        List.of(),
        List.of(),
        Rules.DEFAULT,
        StoreLimits.DEFAULT,
        Gate.OPEN,
        Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** The same, listening for datagrams at these addresses. */
  public TrackerOptions withUdp(List<InetSocketAddress> addresses) {
    return new TrackerOptions(addresses, http, rules, limits, gate, threads);
  }

  /** The same, listening for HTTP at these addresses. */
  public TrackerOptions withHttp(List<InetSocketAddress> addresses) {
    return new TrackerOptions(udp, addresses, rules, limits, gate, threads);
  }

  /** The same with other rules. */
  public TrackerOptions withRules(Rules others) {
    return new TrackerOptions(udp, http, others, limits, gate, threads);
  }
}
