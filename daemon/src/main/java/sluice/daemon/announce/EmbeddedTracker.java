package sluice.daemon.announce;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import sluice.tracker.Tracker;
import sluice.tracker.config.Listen;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.swarm.StoreCounts;

/** A tracker that runs as long as the daemon, or none. Any thread. */
public final class EmbeddedTracker implements AutoCloseable {
  private final List<Tracker> tracker;

  private EmbeddedTracker(List<Tracker> tracker) {
    this.tracker = tracker;
  }

  /** One that listens at {@code addresses} by UDP and HTTP; none if there are no addresses. */
  public static EmbeddedTracker start(List<InetSocketAddress> addresses) throws IOException {
    return new EmbeddedTracker(
        addresses.isEmpty()
            ? List.of()
            : List.of(Tracker.start(TrackerSettings.DEFAULT.listening(addresses, addresses))));
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

  private Stream<StoreCounts> counts() {
    return tracker.stream().map(t -> t.core().store().counts());
  }

  @Override
  public void close() {
    tracker.forEach(Tracker::close);
  }
}
