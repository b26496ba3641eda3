package sluice.tracker.load;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import sluice.tracker.Tracker;
import sluice.tracker.config.TrackerSettings;
import sluice.tracker.service.Rules;

/** A tracker that does not limit what one address asks: {@code PORT}. */
final class Server {
  private Server() {}

  public static void main(String[] args) throws Exception {
    List<InetSocketAddress> where =
        List.of(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    Rules rules = new Rules(1_800, 900, 10, 50, 200, 1_000_000, 0);
    try (Tracker tracker =
        Tracker.start(TrackerSettings.DEFAULT.listening(where, where).with(rules))) {
      System.out.println("{\"event\":\"up\"} " + tracker.udpAddresses());
      new CountDownLatch(1).await();
    }
  }
}
