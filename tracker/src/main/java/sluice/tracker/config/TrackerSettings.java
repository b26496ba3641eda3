package sluice.tracker.config;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.tracker.http.HttpOptions;
import sluice.tracker.service.Rules;
import sluice.tracker.swarm.StoreLimits;

/**
 * What a tracker is to be.
 *
 * @param udp where to listen for datagrams
 * @param http where to listen for HTTP and WebSocket
 * @param https the same within TLS
 * @param threads for each way of asking
 * @param rules how clients are served
 * @param limits how much is kept
 * @param server how connections are treated
 * @param tls what HTTPS needs
 * @param access who is served
 * @param token opens the administration; empty for none
 * @param cluster with whom swarms are shared
 * @param logLevel the least level of events that are written by the program: {@code OFF}, {@code
 *     ERROR}, {@code WARNING}, {@code INFO} or {@code DEBUG}
 */
public record TrackerSettings(
    List<InetSocketAddress> udp,
    List<InetSocketAddress> http,
    List<InetSocketAddress> https,
    int threads,
    Rules rules,
    StoreLimits limits,
    HttpOptions server,
    Optional<Tls> tls,
    AccessSettings access,
    String token,
    Optional<Cluster> cluster,
    System.Logger.Level logLevel) {
  private static final int MAX_THREADS = 256;

  /** Open to everyone, with a thread for each processor, listening nowhere. */
  public static final TrackerSettings DEFAULT = standard();

  /**
   * Files in PEM.
   *
   * @param certificate with those that lead to the root
   * @param key without a password
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * Trackers that share swarms.
   *
   * @param redis where the store is
   * @param secret the same at all of them
   * @param password of Redis; empty for none
   * @param certificates in PEM, by which Redis is known within TLS; without them there is no TLS
   */
  public record Cluster(
      InetSocketAddress redis, String secret, String password, Optional<Path> certificates) {
    /** A store that lets everybody in. */
    public static Cluster open(InetSocketAddress redis, String secret) {
      return new Cluster(redis, secret, "", Optional.empty());
    }

    /** Does not tell the secret and the password. */
    @Override
    public String toString() {
      return "Cluster[" + redis + "]";
    }
  }

  public TrackerSettings {
    udp = List.copyOf(udp);
    http = List.copyOf(http);
    https = List.copyOf(https);
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads is 1 to " + MAX_THREADS);
    }
    if (!https.isEmpty() && tls.isEmpty()) {
      throw new IllegalArgumentException("https needs tls.certificate and tls.key");
    }
  }

  private static TrackerSettings standard() {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    return new TrackerSettings(
        List.of(),
        List.of(),
        List.of(),
        threads,
        Rules.DEFAULT,
        StoreLimits.DEFAULT,
        HttpOptions.of(threads),
        Optional.empty(),
        AccessSettings.OPEN,
        "",
        Optional.empty(),
        System.Logger.Level.INFO);
  }

  /** The same, listening at these addresses, too. */
  public TrackerSettings listening(
      List<InetSocketAddress> moreUdp, List<InetSocketAddress> moreHttp) {
    return new TrackerSettings(
        both(udp, moreUdp),
        both(http, moreHttp),
        https,
        threads,
        rules,
        limits,
        server,
        tls,
        access,
        token,
        cluster,
        logLevel);
  }

  /** The same with other rules. */
  public TrackerSettings with(Rules others) {
    return new TrackerSettings(
        udp, http, https, threads, others, limits, server, tls, access, token, cluster, logLevel);
  }

  /** The same as one of several trackers. */
  public TrackerSettings with(Cluster shared) {
    return new TrackerSettings(
        udp,
        http,
        https,
        threads,
        rules,
        limits,
        server,
        tls,
        access,
        token,
        Optional.of(shared),
        logLevel);
  }

  /** Whether it listens anywhere. */
  public boolean isListening() {
    return !udp.isEmpty() || !http.isEmpty() || !https.isEmpty();
  }

  private static List<InetSocketAddress> both(
      List<InetSocketAddress> some, List<InetSocketAddress> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /** Does not tell the token. */
  @Override
  public String toString() {
    return "TrackerSettings[udp=" + udp + ", http=" + http + ", https=" + https + "]";
  }
}
