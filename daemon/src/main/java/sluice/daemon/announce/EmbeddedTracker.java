package sluice.daemon.announce;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import sluice.client.Client;
import sluice.daemon.config.TrackerPlace;
import sluice.tracker.Tracker;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Gate;
import sluice.tracker.swarm.StoreCounts;

/** A tracker that runs as long as the daemon, or none. Any thread. */
public final class EmbeddedTracker implements AutoCloseable {
  private final List<Tracker> tracker;

  private EmbeddedTracker(List<Tracker> tracker) {
    this.tracker = tracker;
  }

  /** One at {@code place}, of a daemon with {@code client}; none if there are no addresses. */
  public static EmbeddedTracker start(TrackerPlace place, Client client) throws IOException {
    List<InetSocketAddress> at = place.addresses();
    if (at.isEmpty()) {
      return new EmbeddedTracker(List.of());
    }
    Gate gate = place.servesAll() ? Gate.OPEN : new OwnTorrents(client::changes, System::nanoTime);
    return new EmbeddedTracker(
        List.of(Tracker.start(TrackerSettings.DEFAULT.listening(at, at), gate)));
  }

  /** Where it is announced to. */
  public List<String> urls() {
    return tracker.stream()
        .flatMap(t ->
            Stream.concat(urls("http://", t.httpAddresses()), urls("udp://", t.udpAddresses())))
        .toList();
  }

  private static Stream<String> urls(String scheme, List<InetSocketAddress> addresses) {
    return addresses.stream().map(address -> scheme + Listen.text(address) + "/announce");
  }

  /** How many swarms it knows. */
  public long swarms() {
    return counts().mapToLong(StoreCounts::swarms).sum();
  }

  /** How many peers it knows in all. */
  public long peers() {
    return counts().mapToLong(StoreCounts::peers).sum();
  }

  /** How many peers it knows of one family. */
  public long peers(boolean ipv6) {
    return counts().mapToLong(each -> ipv6 ? each.ipv6Peers() : each.ipv4Peers()).sum();
  }

  private Stream<StoreCounts> counts() {
    return tracker.stream().map(t -> t.core().store().counts());
  }

  @Override
  public void close() {
    tracker.forEach(Tracker::close);
  }
}
