package sluice.engine.utp;

import java.util.TreeMap;

/**
 * A flow that behaves like TCP with Cubic (RFC 9438): fills the queue until packets are lost. Its
 * acknowledgements take no room.
 */
final class TcpFlow {
  private static final int PACKET_BYTES = 1_472;
  private static final double BETA = 0.7;
  private static final double C = 0.4;
  private static final int DUPLICATES = 3;

  private final Events events;
  private final Path out;
  private final long backNanos;
  private final TreeMap<Long, Long> flight = new TreeMap<>();
  private double window = 10;
  private double threshold = Double.MAX_VALUE;
  private double largest;
  private long cutAt = Long.MIN_VALUE / 2;
  private long roundTrip = 100_000_000;
  private long next;
  private long progressAt;
  private boolean running;
  long delivered;

  TcpFlow(Events events, Path out, long backNanos) {
    this.events = events;
    this.out = out;
    this.backNanos = backNanos;
  }

  void start() {
    running = true;
    progressAt = events.now();
    fill();
    watch();
  }

  void stop() {
    running = false;
  }

  private void fill() {
    while (running && flight.size() < window) {
      long number = next++;
      flight.put(number, events.now());
      out.send(
          PACKET_BYTES,
          false,
          () -> {
            delivered += PACKET_BYTES;
            events.after(backNanos, () -> acked(number));
          });
    }
  }

  private void acked(long number) {
    Long sent = flight.remove(number);
    if (sent == null) {
      return;
    }
    progressAt = events.now();
    roundTrip += (events.now() - sent - roundTrip) / 8;
    boolean lost = false;
    while (!flight.isEmpty() && flight.firstKey() < number - DUPLICATES) {
      lost |= flight.remove(flight.firstKey()) != null;
    }
    if (lost && events.now() - cutAt > roundTrip) {
      largest = window;
      window = Math.max(2, window * BETA);
      threshold = window;
      cutAt = events.now();
    } else if (window < threshold) {
      window++;
    } else {
      double seconds = (events.now() - cutAt) / 1e9;
      double k = Math.cbrt(largest * (1 - BETA) / C);
      double target = C * Math.pow(seconds - k, 3) + largest;
      window += Math.max(0.01, Math.min(target - window, window / 2)) / window;
    }
    fill();
  }

  private void watch() {
    if (!running) {
      return;
    }
    if (events.now() - progressAt > 1_000_000_000L) {
      flight.clear();
      threshold = window / 2;
      window = 1;
      progressAt = events.now();
      fill();
    }
    events.after(100_000_000L, this::watch);
  }
}
