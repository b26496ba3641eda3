package sluice.engine.utp;

import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.utp.UtpType;

/**
 * The sending side of a connection: cuts bytes into packets, sends as many as the windows allow,
 * and sends again what is lost.
 */
final class Sender {
  private final Flight flight = new Flight();
  private final Outflow outflow = new Outflow();
  private final RoundTrip trip = new RoundTrip();
  private final Acknowledged acknowledged = new Acknowledged(flight, trip);
  private final Delays delays;
  private final MtuSearch mtu;
  private final Ledbat ledbat;
  private final Transmitter transmitter;
  private final Statistics statistics;
  private int next;
  private long peerWindow;
  private int peerMicros;
  private boolean heard;
  private long waitingSince;
  private long reorderNanos = Long.MAX_VALUE;
  private final TailProbe tail = new TailProbe();
  private boolean partial;

  /** Sends datagrams. */
  interface Transmitter {
    /** Fills in times and acknowledgements of {@code packet} and sends it. */
    void transmit(SentPacket packet, UtpType type, long now);
  }

  Sender(int first, int mostBytes, Delays delays, Statistics statistics, Transmitter transmitter) {
    this.next = first;
    this.delays = delays;
    this.statistics = statistics;
    this.transmitter = transmitter;
    this.mtu = new MtuSearch(mostBytes);
    this.ledbat = new Ledbat(mtu.packetBytes());
  }

  Outflow outflow() {
    return outflow;
  }

  RoundTrip trip() {
    return trip;
  }

  /** The number of the next packet. */
  int next() {
    return next;
  }

  /** Packets that are not acknowledged. */
  int unacknowledged() {
    return flight.count();
  }

  int windowBytes() {
    return ledbat.windowBytes();
  }

  int packetBytes() {
    return mtu.packetBytes();
  }

  /** How many packets {@code ack} is after the last one that was acknowledged before. */
  int ahead(int ack) {
    return UtpPacket.distance((next - flight.count() - 1) & 0xffff, ack);
  }

  /** Takes in acknowledgements, of which {@link #ahead} is not beyond what was sent. */
  void onAck(UtpPacket packet, long now) {
    int upTo = ahead(packet.ack());
    if (upTo < 0) {
      return;
    }
    if (!heard || packet.timestampMicros() - peerMicros >= 0) {
      // Not of a packet that was overtaken by a later one.
      heard = true;
      peerMicros = packet.timestampMicros();
      peerWindow = packet.windowBytes();
    }
    boolean limited = flight.bytes() + 2 * mtu.packetBytes() >= ledbat.windowBytes();
    int before = flight.count();
    acknowledged.take(packet, upTo, now);
    if (acknowledged.probeBytes > 0) {
      mtu.acked(acknowledged.probeBytes);
    }
    if (acknowledged.spurious) {
      statistics.spurious++;
      ledbat.notLost();
    }
    if (acknowledged.bytes > 0) {
      waitingSince = now;
      tail.arm(trip, now);
      ledbat.acked(
          acknowledged.bytes,
          limited,
          delays.queueMicros(),
          trip.smoothNanos(),
          mtu.packetBytes(),
          now);
    }
    partial &= flight.count() > 0;
    if (packet.selectable() > 0 || (upTo == 0 && before > 0)) {
      findLost(now);
    }
  }

  private void findLost(long now) {
    reorderNanos = Long.MAX_VALUE;
    int later = 0;
    for (int i = flight.count() - 1; i >= 0; i--) {
      SentPacket packet = flight.get(i);
      if (packet.acked) {
        later++;
      } else if (acknowledged.showsLost(packet, later)) {
        lost(packet, now);
      } else if (packet.inFlight() && acknowledged.isPassed(packet)) {
        reorderNanos = now + trip.smoothNanos();
      }
    }
  }

  private void lost(SentPacket packet, long now) {
    flight.lost(packet);
    statistics.lost++;
    if (packet.probe && packet.transmissions == 1) {
      mtu.lost(packet.bytes());
    } else {
      ledbat.lost(trip.smoothNanos(), mtu.packetBytes(), now);
    }
  }

  /** Sends what may be sent. True if anything was. */
  boolean fill(long now) {
    long window = Math.min(ledbat.windowBytes(), peerWindow);
    boolean any = false;
    for (int i = 0; flight.lost() > 0 && i < flight.count(); i++) {
      SentPacket packet = flight.get(i);
      if (packet.lost) {
        // There was room for it once; whether there is now, only its answer tells. The oldest does
        // not wait for what is counted as under way only because no answer has room to tell of it.
        if (i > 0 && flight.bytes() > 0 && flight.bytes() + packet.bytes() > ledbat.windowBytes()) {
          return any;
        }
        packet.tail = false;
        resend(packet, now);
        any = true;
      }
    }
    while (outflow.flushed() > 0 && !flight.isFull()) {
      int probe = flight.count() > 2 ? mtu.probeBytes() : 0;
      boolean probes = probe > 0 && outflow.flushed() >= probe - UtpCodec.HEADER_BYTES;
      int most = probes ? probe : mtu.packetBytes();
      int payload = (int) Math.min(outflow.flushed(), most - UtpCodec.HEADER_BYTES);
      boolean small = payload < mtu.packetBytes() - UtpCodec.HEADER_BYTES;
      if (!fits(payload + UtpCodec.HEADER_BYTES, window) || (small && partial)) {
        return any;
      }
      partial |= small;
      byte[] datagram = new byte[UtpCodec.HEADER_BYTES + payload];
      outflow.take(datagram, UtpCodec.HEADER_BYTES, payload);
      if (probes) {
        mtu.sent();
      }
      send(datagram, probes, UtpType.DATA, now);
      any = true;
    }
    return any;
  }

  private void resend(SentPacket packet, long now) {
    packet.fragments = packet.bytes() > mtu.packetBytes();
    statistics.resentBytes += packet.bytes();
    transmit(packet, UtpType.DATA, now);
  }

  private boolean fits(int bytes, long window) {
    return flight.bytes() + bytes <= window || (flight.bytes() == 0 && peerWindow > 0);
  }

  /** Sends a number without bytes, SYN or FIN, whatever the windows allow. */
  void control(UtpType type, long now) {
    send(new byte[UtpCodec.HEADER_BYTES], false, type, now);
  }

  /** What {@link #control} sent was sent again by others: its round trip tells nothing. */
  void sentAgain() {
    flight.get(0).transmissions++;
  }

  /** The other side's window is shut: finds out whether it still is. */
  void persist(long now) {
    if (peerWindow == 0 && flight.count() == 0 && outflow.flushed() > 0) {
      peerWindow = mtu.packetBytes();
      fill(now);
      peerWindow = 0;
    }
  }

  private void send(byte[] datagram, boolean probe, UtpType type, long now) {
    SentPacket packet = new SentPacket(next, datagram, probe);
    next = UtpPacket.next(next);
    if (flight.count() == 0) {
      waitingSince = now;
    }
    tail.arm(trip, now);
    flight.add(packet);
    transmit(packet, type, now);
  }

  private void transmit(SentPacket packet, UtpType type, long now) {
    flight.sent(packet, now);
    statistics.sentBytes += packet.bytes();
    boolean control = packet.bytes() == UtpCodec.HEADER_BYTES;
    transmitter.transmit(packet, control && type == UtpType.DATA ? UtpType.FIN : type, now);
  }

  /** When {@link #onTime} is to be called; {@link Long#MAX_VALUE} for never. */
  long deadlineNanos() {
    return flight.count() == 0
        ? Long.MAX_VALUE
        : Math.min(
            Math.min(reorderNanos, tail.deadlineNanos()), waitingSince + trip.timeoutNanos());
  }

  /** Time has passed. */
  void onTime(long now) {
    if (flight.count() == 0) {
      return;
    }
    if (now - waitingSince >= trip.timeoutNanos()) {
      statistics.timeouts++;
      for (int i = 0; i < flight.count(); i++) {
        if (flight.get(i).inFlight()) {
          flight.lost(flight.get(i));
          flight.get(i).expired = true;
        }
      }
      mtu.restart();
      ledbat.timedOut(mtu.packetBytes());
      trip.expired();
      waitingSince = now;
      reorderNanos = Long.MAX_VALUE;
      tail.stop();
      return;
    }
    if (now >= reorderNanos) {
      reorderNanos = Long.MAX_VALUE;
      for (int i = 0; i < flight.count(); i++) {
        SentPacket packet = flight.get(i);
        if (packet.inFlight() && acknowledged.isPassed(packet)) {
          lost(packet, now);
        }
      }
    }
    if (now >= tail.deadlineNanos()) {
      tail.stop();
      probe(now);
    }
  }

  /**
   * Sends the oldest packet that may be on its way again: its answer is of something that was sent
   * later than all the others, and shows what became of them.
   */
  private void probe(long now) {
    for (int i = 0; i < flight.count(); i++) {
      SentPacket packet = flight.get(i);
      if (packet.inFlight() && packet.bytes() > UtpCodec.HEADER_BYTES) {
        if (packet.probe && packet.transmissions == 1) {
          mtu.lost(packet.bytes());
        }
        flight.lost(packet);
        packet.tail = true;
        resend(packet, now);
        return;
      }
    }
  }

  /** Forgets everything. */
  void clear() {
    flight.clear();
    outflow.clear();
  }
}
