package sluice.engine.utp;

import sluice.protocol.utp.UtpPacket;

/**
 * What one packet acknowledges of a {@link Flight}, and what it shows to be lost: a packet is lost
 * when one that was sent a while later has come, or three as long as the path was not seen to
 * change the order (RACK, RFC 8985); the while grows when it turns out to have been too short.
 */
final class Acknowledged {
  private static final int MAX_PATIENCE = 16;

  /** So many later ones show a loss on a path that keeps the order (BEP 29). */
  private static final int MANY = 3;

  private final Flight flight;
  private final RoundTrip trip;

  /** The window of reordering, in quarters of the least round trip. */
  private int patience = 1;

  /** When the last one that has come was sent, and its number, as many are sent at one time. */
  private long newestNanos;

  private int newestSequence;
  private boolean any;

  /** Bytes acknowledged by the packet before. */
  int bytes;

  /** Whether a lost packet had only been late. */
  boolean spurious;

  /** The largest probe that was acknowledged; 0 if none. */
  int probeBytes;

  Acknowledged(Flight flight, RoundTrip trip) {
    this.flight = flight;
    this.trip = trip;
  }

  /** Takes in the acknowledgements of {@code packet}; the first {@code upTo} have all come. */
  void take(UtpPacket packet, int upTo, long now) {
    bytes = 0;
    spurious = false;
    probeBytes = 0;
    long sample = Long.MAX_VALUE;
    for (int i = 0; i < upTo; i++) {
      sample = Math.min(sample, one(flight.get(i), now));
    }
    for (int i = 0; i < upTo; i++) {
      flight.removeFirst();
    }
    // Bit i is of the number ack + 2 + i, and the oldest in flight is ack + 1.
    int selectable = Math.min(packet.selectable(), flight.count() - 1);
    for (int i = 0; i < selectable; i++) {
      if (packet.isSelected(i)) {
        sample = Math.min(sample, one(flight.get(i + 1), now));
      }
    }
    while (flight.count() > 0 && flight.get(0).acked) {
      flight.removeFirst();
    }
    if (sample != Long.MAX_VALUE) {
      trip.sample(Math.max(1, sample), now);
    }
    if (bytes > 0) {
      trip.progress();
    }
  }

  /** The time of its round trip, if that is certain. */
  private long one(SentPacket packet, long now) {
    if (packet.acked) {
      return Long.MAX_VALUE;
    }
    long age = now - packet.sentNanos;
    if (wasLate(packet, age)) {
      spurious = true;
      patience = Math.min(MAX_PATIENCE, patience * 2);
    }
    flight.acked(packet);
    bytes += packet.bytes();
    if (packet.probe && packet.transmissions == 1) {
      probeBytes = Math.max(probeBytes, packet.bytes());
    }
    boolean certain = packet.transmissions == 1;
    if (certain || age >= trip.leastNanos()) {
      if (!any || packet.sentNanos - newestNanos > 0) {
        newestNanos = packet.sentNanos;
        newestSequence = packet.sequence;
        any = true;
      } else if (packet.sentNanos == newestNanos
          && UtpPacket.distance(newestSequence, packet.sequence) > 0) {
        newestSequence = packet.sequence;
      }
    }
    return certain ? age : Long.MAX_VALUE;
  }

  /**
   * Whether {@code packet}, which has come, was held for lost only because others overtook it. What
   * was held for lost in a silence tells nothing of the order.
   */
  private boolean wasLate(SentPacket packet, long age) {
    if (packet.expired) {
      return false;
    }
    return packet.lost
        ? !packet.probe
        : packet.transmissions > 1 && !packet.tail && age < trip.leastNanos() / 2;
  }

  /**
   * Whether {@code packet} is lost, as later ones have come.
   *
   * @param later packets after it that have come
   */
  boolean showsLost(SentPacket packet, int later) {
    if (!any || !packet.inFlight()) {
      return false;
    }
    boolean inOrder = patience == 1 && packet.transmissions == 1;
    if (inOrder && later >= MANY && isPassed(packet)) {
      return true;
    }
    long window = Math.min(trip.leastNanos() * patience / 4, trip.smoothNanos());
    return newestNanos - packet.sentNanos > window;
  }

  /** Whether something later than {@code packet} has come at all. */
  boolean isPassed(SentPacket packet) {
    long ahead = newestNanos - packet.sentNanos;
    return any
        && (ahead > 0 || (ahead == 0 && UtpPacket.distance(packet.sequence, newestSequence) > 0));
  }
}
