package sluice.engine.utp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;

/**
 * Puts received packets into order and gathers their bytes until they are taken. What is kept of
 * each never exceeds the window, which grows from {@link #FIRST_WINDOW} to {@link #MAX_WINDOW}
 * while the sender fills half of it in a round trip.
 */
final class Inflow {
  static final int FIRST_WINDOW = 256 << 10;
  static final int MAX_WINDOW = 4 << 20;

  /** Most packets ahead of the next one that are kept. */
  private static final int MAX_AHEAD = 4_096;

  private static final int FIRST_CAPACITY = 64;
  private static final int FIRST_BATCH = 4_096;
  private static final int MAX_FIRST_BATCH = 128 << 10;
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private byte[] @Nullable [] ahead = new byte[FIRST_CAPACITY][];
  private int head;

  /** Numbers beyond {@link #next} up to the last that is kept. */
  private int span;

  private int aheadBytes;
  private int next;
  private int end = -1;
  private ByteBuffer batch = EMPTY;

  /** Room for what gathers, by what gathered the last time. */
  private int usual = FIRST_BATCH;

  private int window = FIRST_WINDOW;
  private long measureSince;
  private int measured;

  /** Receives numbers from {@code next} on. */
  void begin(int first) {
    next = first;
  }

  /** The last number up to which everything is here. */
  int ack() {
    return (next - 1) & 0xffff;
  }

  /** Bytes that may still come. */
  int windowBytes() {
    return Math.max(0, window - aheadBytes - batch.position());
  }

  /** Whether a packet ahead of a missing one is here. */
  boolean hasGap() {
    return span > 0;
  }

  /** Whether all has come up to the number that the other side called its last. */
  boolean isAtEnd() {
    return end >= 0 && UtpPacket.distance(end, next) > 0;
  }

  /** The other side's last number, which holds no bytes. */
  void end(int sequence) {
    int index = UtpPacket.distance(next, sequence);
    if (end < 0 && index >= 0 && index < MAX_AHEAD) {
      end = sequence;
      put(index, new byte[0]);
    }
  }

  /** A packet. False if it cannot be kept. */
  boolean data(int sequence, ByteBuffer payload) {
    int index = UtpPacket.distance(next, sequence);
    if (index < 0 || (end >= 0 && UtpPacket.distance(end, sequence) >= 0)) {
      return true;
    }
    // What is missing is let in even if what comes after it has taken all the room.
    int room = index == 0 ? window - batch.position() : windowBytes();
    if (index >= MAX_AHEAD || payload.remaining() > room) {
      return false;
    }
    if (index == 0) {
      gather(payload);
      advance();
    } else {
      byte[] copy = new byte[payload.remaining()];
      payload.get(payload.position(), copy);
      put(index, copy);
    }
    return true;
  }

  private void put(int index, byte[] bytes) {
    if (index == 0) {
      advance();
      return;
    }
    grow(index);
    int at = (head + index) & (ahead.length - 1);
    if (ahead[at] == null) {
      ahead[at] = bytes;
      aheadBytes += bytes.length;
      span = Math.max(span, index);
    }
  }

  /** The number {@link #next} is here, and perhaps those after it. */
  private void advance() {
    step();
    for (byte[] bytes = ahead[head]; bytes != null; bytes = ahead[head]) {
      ahead[head] = null;
      aheadBytes -= bytes.length;
      gather(ByteBuffer.wrap(bytes));
      step();
    }
  }

  private void step() {
    next = UtpPacket.next(next);
    head = (head + 1) & (ahead.length - 1);
    span = Math.max(0, span - 1);
  }

  private void grow(int index) {
    int capacity = ahead.length;
    while (capacity <= index) {
      capacity *= 2;
    }
    if (capacity > ahead.length) {
      byte[] @Nullable [] larger = new byte[capacity][];
      for (int i = 0; i <= span; i++) {
        larger[i] = ahead[(head + i) & (ahead.length - 1)];
      }
      ahead = larger;
      head = 0;
    }
  }

  private void gather(ByteBuffer payload) {
    int length = payload.remaining();
    if (batch.remaining() < length) {
      int needed = batch.position() + length;
      int size = Math.max(usual, doubled(needed));
      batch = ByteBuffer.allocate(size).put(batch.flip());
    }
    batch.put(payload.duplicate());
    measured += length;
  }

  /** The least power of two that {@code bytes} fit into. */
  private static int doubled(int bytes) {
    return bytes <= 1 ? 1 : Integer.highestOneBit(bytes - 1) << 1;
  }

  /** The bytes in order that have gathered; they are not here any more. */
  ByteBuffer take() {
    ByteBuffer taken = batch.flip();
    usual = Math.clamp(doubled(taken.remaining()), FIRST_BATCH, MAX_FIRST_BATCH);
    batch = EMPTY;
    return taken;
  }

  boolean hasBytes() {
    return batch.position() > 0;
  }

  /** Widens the window if the sender has filled half of it within a round trip. */
  void measure(long roundTripNanos, long now) {
    if (now - measureSince >= roundTripNanos) {
      if (measured > window / 2) {
        window = Math.min(MAX_WINDOW, 2 * window);
      }
      measured = 0;
      measureSince = now;
    }
  }

  /** Which numbers after the missing one are here; nothing if none is missing. */
  ByteBuffer selective() {
    if (span < 1) {
      return UtpPacket.NONE;
    }
    // The number next is missing; bit i is of next + 1 + i.
    int bytes = Math.min(UtpCodec.MAX_SELECTIVE_BYTES, (span + 31) / 32 * 4);
    byte[] bits = new byte[bytes];
    for (int i = 0; i < Math.min(span, 8 * bytes); i++) {
      if (ahead[(head + 1 + i) & (ahead.length - 1)] != null) {
        bits[i / 8] |= (byte) (1 << (i % 8));
      }
    }
    return ByteBuffer.wrap(bits);
  }

  /** Forgets everything. */
  void clear() {
    ahead = new byte[FIRST_CAPACITY][];
    head = 0;
    span = 0;
    aheadBytes = 0;
    batch = EMPTY;
  }
}
