package sluice.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;

/** A tracker inside of a program, on one port of loopback for UDP and one for HTTP. */
public final class EmbeddedTracker {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private EmbeddedTracker() {}

  /** Starts it on any free ports; who starts it closes it. */
  public static Tracker start() throws IOException {
    List<InetSocketAddress> anyPort = List.of(new InetSocketAddress(LOOPBACK, 0));
    return Tracker.start(TrackerSettings.DEFAULT.listening(anyPort, anyPort));
  }

  /** What torrents name to announce to it. */
  public static String announceUrl(Tracker tracker) {
    InetSocketAddress address = tracker.httpAddresses().getFirst();
    return "http://"
        + address.getAddress().getHostAddress()
        + ":"
        + address.getPort()
        + "/announce";
  }

  /** How many peers it knows in all. */
  public static long peers(Tracker tracker) {
    return tracker.core().store().counts().peers();
  }
}
