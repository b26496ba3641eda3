package sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Announces peers at one tracker of a cluster after the other, each of a torrent of its own, and
 * measures when all have it, while others load them. A thread of its own until it is closed.
 */
final class TrackerProbe implements AutoCloseable {
  private static final long LOOK_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final long MOST_MILLIS = 1_000;

  private final List<Integer> ports;
  private final String name;
  private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = new Thread(this::run, "probe");
  private volatile boolean closing;

  /**
   * A probe that begins at once.
   *
   * @param name two letters, which no other probe of these trackers has
   */
  TrackerProbe(List<Integer> ports, String name) {
    this.ports = ports;
    this.name = name;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (int i = 0; !closing; i++) {
        String torrent = String.format(Locale.ROOT, "%s%018d", name, i);
        long begin = System.nanoTime();
        TrackerTalk.announce(ports.get(i % ports.size()), torrent);
        for (int port : ports) {
          while (TrackerTalk.count(port, torrent) == 0
              && System.nanoTime() - begin < PATIENCE_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
          }
        }
        millis.add((System.nanoTime() - begin) / 1e6);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it after the peer that is under way. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many peers it has announced. */
  int peers() {
    return millis.size();
  }

  /** When they were known at all, once the probe is closed. */
  String told() {
    List<Double> sorted = millis.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return "MISSED, none was found at all";
    }
    double longest = sorted.getLast();
    return String.format(
        Locale.ROOT,
        "%d peers announced at one under load and found at all within %.0f ms, the median %.0f ms"
            + " (at most %d)%s",
        sorted.size(),
        longest,
        sorted.get(sorted.size() / 2),
        MOST_MILLIS,
        longest > MOST_MILLIS ? " MISSED" : "");
  }
}
