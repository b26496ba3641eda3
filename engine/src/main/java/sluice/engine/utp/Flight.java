package sluice.engine.utp;

import org.jspecify.annotations.Nullable;

/**
 * Packets that were sent and are not acknowledged with all before them, in order of their numbers.
 * At most {@link #MAX_PACKETS}.
 */
final class Flight {
  /** Bounds memory, and keeps numbers of 16 bits unambiguous. */
  static final int MAX_PACKETS = 4_096;

  private static final int FIRST_CAPACITY = 16;

  private @Nullable SentPacket[] ring = new SentPacket[FIRST_CAPACITY];
  private int head;
  private int count;
  private int bytes;
  private int lost;

  int count() {
    return count;
  }

  boolean isFull() {
    return count == MAX_PACKETS;
  }

  /** Bytes on their way. */
  int bytes() {
    return bytes;
  }

  /** Packets that are to be sent again. */
  int lost() {
    return lost;
  }

  /** The packet {@code i} from the oldest. */
  SentPacket get(int i) {
    SentPacket packet = ring[(head + i) & (ring.length - 1)];
    if (packet == null) {
      throw new IndexOutOfBoundsException(i);
    }
    return packet;
  }

  void add(SentPacket packet) {
    if (count == ring.length) {
      @Nullable SentPacket[] larger = new SentPacket[2 * count];
      for (int i = 0; i < count; i++) {
        larger[i] = get(i);
      }
      ring = larger;
      head = 0;
    }
    ring[(head + count++) & (ring.length - 1)] = packet;
  }

  /** {@code packet} leaves now. */
  void sent(SentPacket packet, long now) {
    if (packet.lost) {
      packet.lost = false;
      lost--;
    }
    bytes += packet.bytes();
    packet.transmissions++;
    packet.sentNanos = now;
  }

  void acked(SentPacket packet) {
    if (packet.lost) {
      packet.lost = false;
      lost--;
    } else {
      bytes -= packet.bytes();
    }
    packet.acked = true;
  }

  void lost(SentPacket packet) {
    packet.lost = true;
    lost++;
    bytes -= packet.bytes();
  }

  /** Removes the oldest one, which is acknowledged. */
  void removeFirst() {
    ring[head] = null;
    head = (head + 1) & (ring.length - 1);
    count--;
  }

  void clear() {
    ring = new SentPacket[FIRST_CAPACITY];
    head = 0;
    count = 0;
    bytes = 0;
    lost = 0;
  }
}
