package sluice.tracker.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Rules;

/** A tracker that does not limit what one address asks: {@code PORT [PORT_OF_REDIS]}. */
final class Server {
  private Server() {}

  public static void main(String[] args) throws Exception {
    List<InetSocketAddress> where =
        List.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    Rules rules = new Rules(1_800, 900, 10, 50, 200, 1_000_000, 0);
    TrackerSettings alone = TrackerSettings.DEFAULT.listening(where, where).with(rules);
    try (Tracker tracker = Tracker.start(args.length > 1 ? shared(alone, args[1]) : alone)) {
      System.out.println("{\"event\":\"up\"} " + tracker.udpAddresses());
      new CountDownLatch(1).await();
    }
  }

  private static TrackerSettings shared(TrackerSettings alone, String port) {
    InetSocketAddress redis = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    return alone.with(TrackerSettings.Cluster.open(redis, "the same at all of them"));
  }
}
