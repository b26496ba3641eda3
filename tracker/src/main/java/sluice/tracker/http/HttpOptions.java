package sluice.tracker.http;

import java.net.InetAddress;
import java.util.Set;

/**
 * How the HTTP server treats connections.
 *
 * @param threads loops
 * @param maxConnections connections at once; when there are more, the one that has been idle
 *     longest is closed
 * @param idleSeconds a connection on which no request ends for so long is closed
 * @param proxies addresses of reverse proxies that are believed when they tell for whom they ask
 * @param forwardHeader the header in which they tell it
 */
public record HttpOptions(
    int threads,
    int maxConnections,
    int idleSeconds,
    Set<InetAddress> proxies,
    String forwardHeader) {
  /** No proxy is believed. */
  public static HttpOptions of(int threads) {
    return new HttpOptions(threads, 50_000, 30, Set.of(), "X-Forwarded-For");
  }

  public HttpOptions {
    proxies = Set.copyOf(proxies);
    if (threads < 1 || maxConnections < 1 || idleSeconds < 1) {
      throw new IllegalArgumentException("threads, connections and seconds are at least 1");
    }
  }
}
