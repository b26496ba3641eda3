package sluice.transport;

/**
 * The way of each kind of traffic.
 *
 * @param peers streams with peers; unless it is direct, none are let in and the local network is
 *     not asked
 * @param trackers announces, by HTTP and by datagrams
 * @param web web seeds
 * @param datagrams the DHT and uTP
 */
public record Routes(Route peers, Route trackers, Route web, Route datagrams) {
  /** No proxies. */
  public static final Routes DIRECT = all(new Route.Direct());

  /** One way for all. */
  public static Routes all(Route route) {
    return new Routes(route, route, route, route.ofDatagrams());
  }

  /** The same without what would show this machine's address. */
  public Routes anonymous() {
    return new Routes(
        peers.anonymous(), trackers.anonymous(), web.anonymous(), datagrams.anonymous());
  }

  /** Whether peers can connect to this machine. */
  public boolean isReachable() {
    return peers instanceof Route.Direct;
  }
}
