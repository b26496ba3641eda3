package sluice.engine.swarm;

import java.util.Arrays;
import java.util.function.IntPredicate;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;

/**
 * Known addresses of one family, packed: of IPv4 one takes 16 bytes in columns and some four in the
 * index. Peers are named by slots, which change when one is removed. Thread: the torrent's loop.
 */
final class PackedPeers {
  /** Most entries, for the index has 16 bits. */
  static final int MAX_CAPACITY = 16_000;

  /** Length of a tick of {@link #since} in bits of nanoseconds: 67 ms, so that it lasts 4 years. */
  private static final int TICK_BITS = 26;

  private static final int FIRST_CAPACITY = 8;

  /** 32-bit words of an address. */
  private final int words;

  private int size;
  private int[] address = new int[0];
  private char[] port = new char[0];

  /** See {@link PeerBits}. */
  private char[] bits = new char[0];

  private int[] since = new int[0];
  private int[] order = new int[0];

  /** Slot + 1 at a place that follows from the address, or behind it; 0 is free. */
  private char[] index = new char[0];

  PackedPeers(boolean ipv6) {
    words = ipv6 ? 4 : 1;
  }

  int size() {
    return size;
  }

  /** Bytes of all columns and the index. */
  long memoryBytes() {
    return 4L * (address.length + since.length + order.length)
        + 2L * (port.length + bits.length + index.length);
  }

  /** The slot of {@code endpoint}, or -1. */
  int find(Endpoint endpoint) {
    int[] wanted = words(endpoint);
    for (int i = home(wanted, 0); index.length > 0 && index[i] != 0; i = next(i)) {
      int slot = index[i] - 1;
      if (port[slot] == endpoint.port() && isAt(slot, wanted)) {
        return slot;
      }
    }
    return -1;
  }

  /** How many ports of the address are known. */
  int ports(Endpoint endpoint) {
    int[] wanted = words(endpoint);
    int count = 0;
    for (int i = home(wanted, 0); index.length > 0 && index[i] != 0; i = next(i)) {
      count += isAt(index[i] - 1, wanted) ? 1 : 0;
    }
    return count;
  }

  /** Adds an entry that is not there, and gives its slot. */
  int add(Endpoint endpoint, int peerBits, int peerOrder) {
    if (size == port.length) {
      grow();
    }
    int slot = size++;
    System.arraycopy(words(endpoint), 0, address, slot * words, words);
    port[slot] = (char) endpoint.port();
    bits[slot] = (char) peerBits;
    order[slot] = peerOrder;
    since[slot] = 0;
    enter(slot);
    return slot;
  }

  /** Removes an entry; the last one takes its slot. */
  void remove(int slot) {
    leave(slot);
    size--;
    if (slot < size) {
      leave(size);
      System.arraycopy(address, size * words, address, slot * words, words);
      port[slot] = port[size];
      bits[slot] = bits[size];
      since[slot] = since[size];
      order[slot] = order[size];
      enter(slot);
    }
  }

  /** Removes all entries that {@code gone} holds for. */
  void removeIf(IntPredicate gone) {
    for (int slot = size - 1; slot >= 0; slot--) {
      if (gone.test(slot)) {
        remove(slot);
      }
    }
  }

  Endpoint endpoint(int slot) {
    byte[] bytes = new byte[4 * words];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (address[slot * words + i / 4] >> (24 - 8 * (i % 4)));
    }
    return new Endpoint(IpLiteral.ofBytes(bytes).orElseThrow(), port[slot]);
  }

  int bits(int slot) {
    return bits[slot];
  }

  void bits(int slot, int changed) {
    bits[slot] = (char) changed;
  }

  void order(int slot, int changed) {
    order[slot] = changed;
  }

  /** Of two entries the one with the lower rank is to be dialled first. */
  long rank(int slot) {
    return PeerBits.rank(bits[slot]) << 32 | (order[slot] & 0xffff_ffffL);
  }

  void since(int slot, long now) {
    since[slot] = tick(now);
  }

  /** Nanoseconds since {@link #since}, to a tick. */
  long elapsedNanos(int slot, long now) {
    return (long) (tick(now) - since[slot]) << TICK_BITS;
  }

  /**
   * {@code nanos} in whole ticks, so that it is not longer than what {@link #elapsedNanos} says.
   */
  static long wholeTicks(long nanos) {
    return nanos >> TICK_BITS << TICK_BITS;
  }

  private static int tick(long now) {
    return (int) (now >> TICK_BITS);
  }

  private int[] words(Endpoint endpoint) {
    byte[] bytes = endpoint.address().getAddress();
    int[] result = new int[words];
    for (int i = 0; i < bytes.length; i++) {
      result[i / 4] = result[i / 4] << 8 | (bytes[i] & 0xff);
    }
    return result;
  }

  private boolean isAt(int slot, int[] wanted) {
    return Arrays.equals(address, slot * words, (slot + 1) * words, wanted, 0, words);
  }

  private int home(int[] from, int at) {
    int hash = 0;
    for (int i = at; i < at + words; i++) {
      hash = (hash ^ from[i]) * 0x9e3779b1;
      hash ^= hash >>> 15;
    }
    hash *= 0x85ebca6b;
    return (hash ^ hash >>> 16) & (index.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (index.length - 1);
  }

  private void enter(int slot) {
    int i = home(address, slot * words);
    while (index[i] != 0) {
      i = next(i);
    }
    index[i] = (char) (slot + 1);
  }

  /** Takes a slot out of the index, and moves up what would be lost behind the gap. */
  private void leave(int slot) {
    int gap = home(address, slot * words);
    while (index[gap] != slot + 1) {
      gap = next(gap);
    }
    for (int i = next(gap); index[i] != 0; i = next(i)) {
      int home = home(address, (index[i] - 1) * words);
      boolean reachable = gap <= i ? gap < home && home <= i : gap < home || home <= i;
      if (!reachable) {
        index[gap] = index[i];
        gap = i;
      }
    }
    index[gap] = 0;
  }

  private void grow() {
    int capacity = Math.min(MAX_CAPACITY, Math.max(FIRST_CAPACITY, size + size / 4));
    address = Arrays.copyOf(address, capacity * words);
    port = Arrays.copyOf(port, capacity);
    bits = Arrays.copyOf(bits, capacity);
    since = Arrays.copyOf(since, capacity);
    order = Arrays.copyOf(order, capacity);
    int places = Integer.highestOneBit(Math.max(1, capacity * 3 / 2 - 1)) << 1;
    if (places != index.length) {
      index = new char[places];
      for (int slot = 0; slot < size; slot++) {
        enter(slot);
      }
    }
  }
}
