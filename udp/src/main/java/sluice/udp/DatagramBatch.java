package sluice.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Slots for datagrams and for the addresses that they come from or go to, outside the heap. Slots 0
 * to {@link #size} − 1 are taken. One thread.
 */
public final class DatagramBatch {
  /** Of the processor's caches. */
  private static final int LINE_BYTES = 64;

  /** In place of the length of what is not sent. */
  private static final int IGNORED = -1;

  private final int slots;
  private final int slotBytes;

  /** From one slot to the next. */
  private final int strideBytes;

  private final int[] lengths;
  private final ByteBuffer data;
  private final Names names;

  /** What the system calls read: an array of {@code mmsghdr} and their {@code iovec}s. */
  private final MemorySegment headers;

  private int size;

  /**
   * Memory for {@code slots} datagrams of at most {@code slotBytes} each; it is freed when the
   * batch is garbage.
   */
  public DatagramBatch(int slots, int slotBytes) {
    if (slots < 1 || slots > 1_024 || slotBytes < 1 || slotBytes > 65_536) {
      throw new IllegalArgumentException(slots + " slots of " + slotBytes + " bytes");
    }
    this.slots = slots;
    this.slotBytes = slotBytes;
    // An odd number of lines: with an even one the beginnings of all slots, which is most of what
    // is used, would share a small part of a cache.
    this.strideBytes = LINE_BYTES * ((slotBytes + LINE_BYTES - 1) / LINE_BYTES | 1);
    this.lengths = new int[slots];
    Arena arena = Arena.ofAuto();
    // Not of the arena: access to it is checked once more each time.
    this.data =
        ByteBuffer.allocateDirect(slots * strideBytes + LINE_BYTES).alignedSlice(LINE_BYTES);
    ByteBuffer addressBytes = ByteBuffer.allocateDirect(slots * Names.BYTES);
    this.names = new Names(addressBytes);
    MemorySegment bytes = MemorySegment.ofBuffer(data);
    MemorySegment addresses = MemorySegment.ofBuffer(addressBytes);
    this.headers = arena.allocate((long) slots * (Mmsg.BYTES + Mmsg.IOVEC_BYTES), 8);
    for (int i = 0; i < slots; i++) {
      long iovec = (long) slots * Mmsg.BYTES + (long) i * Mmsg.IOVEC_BYTES;
      headers.set(ValueLayout.JAVA_LONG, iovec, bytes.address() + (long) i * strideBytes);
      long header = (long) i * Mmsg.BYTES;
      headers.set(
          ValueLayout.JAVA_LONG, header + Mmsg.NAME, addresses.address() + (long) i * Names.BYTES);
      headers.set(ValueLayout.JAVA_LONG, header + Mmsg.IOVEC, headers.address() + iovec);
      headers.set(ValueLayout.JAVA_LONG, header + Mmsg.IOVEC_COUNT, 1);
    }
  }

  /** How many datagrams fit. */
  public int slots() {
    return slots;
  }

  /** How many bytes a slot holds. */
  public int slotBytes() {
    return slotBytes;
  }

  /** How many datagrams it has. */
  public int size() {
    return size;
  }

  /** Whether no further datagram fits. */
  public boolean isFull() {
    return size == slots;
  }

  /** Forgets all datagrams. */
  public void clear() {
    size = 0;
  }

  /** The bytes of all slots, big endian; read and write by absolute index only. */
  public ByteBuffer data() {
    return data;
  }

  /** Where the slot {@code slot} starts in {@link #data}. */
  public int offset(int slot) {
    return slot * strideBytes;
  }

  /** How long the datagram in {@code slot} is. */
  public int length(int slot) {
    return lengths[slot];
  }

  /** The addresses of all slots. */
  public Names names() {
    return names;
  }

  /**
   * Takes the next slot, into which the caller has written {@code length} bytes, for a datagram to
   * the one that sent {@code slot} of {@code from}.
   */
  public void add(int length, DatagramBatch from, int slot) {
    names.copy(size, from.names, slot);
    take(length);
  }

  /** The same for a datagram to {@code to}. */
  public void add(int length, InetSocketAddress to) {
    names.set(size, to);
    take(length);
  }

  private void take(int length) {
    lengths[size++] = checked(length);
  }

  private int checked(int length) {
    if (length < 0 || length > slotBytes) {
      throw new IllegalArgumentException(length + " bytes in a slot of " + slotBytes);
    }
    return length;
  }

  /**
   * The datagram in {@code slot} is answered: {@code length} bytes, which the caller has written in
   * its place, go to the one that it came from.
   */
  public void answer(int slot, int length) {
    Objects.checkIndex(slot, size);
    lengths[slot] = checked(length);
  }

  /** The datagram in {@code slot} is not answered: nothing is sent from there. */
  public void ignore(int slot) {
    Objects.checkIndex(slot, size);
    lengths[slot] = IGNORED;
  }

  /** Whether nothing is sent from {@code slot}. */
  public boolean isIgnored(int slot) {
    return lengths[slot] == IGNORED;
  }

  /** A datagram of {@code length} bytes has come into the next slot. */
  void received(int length) {
    lengths[size++] = Math.min(length, slotBytes);
  }

  /** The array of {@code mmsghdr}. */
  MemorySegment headers() {
    return headers;
  }

  /** Tells the kernel how much there is room for. */
  void prepareReceive() {
    size = 0;
    for (int i = 0; i < slots; i++) {
      headers.set(ValueLayout.JAVA_INT, (long) i * Mmsg.BYTES + Mmsg.NAME_LENGTH, Names.BYTES);
      headers.set(ValueLayout.JAVA_LONG, iovecLength(i), slotBytes);
    }
  }

  /** Takes over what the kernel has put into the first {@code count} slots. */
  void completeReceive(int count) {
    for (int i = 0; i < count; i++) {
      received(headers.get(ValueLayout.JAVA_INT, (long) i * Mmsg.BYTES + Mmsg.LENGTH));
    }
  }

  /** Tells the kernel how long the datagrams are and where they go. */
  void prepareSend() {
    for (int i = 0; i < size; i++) {
      headers.set(ValueLayout.JAVA_INT, (long) i * Mmsg.BYTES + Mmsg.NAME_LENGTH, names.length(i));
      headers.set(ValueLayout.JAVA_LONG, iovecLength(i), lengths[i]);
    }
  }

  /** The first slot from {@code slot} on from which nothing is sent. */
  int endOfRun(int slot) {
    int end = slot;
    while (end < size && lengths[end] != IGNORED) {
      end++;
    }
    return end;
  }

  private long iovecLength(int slot) {
    return (long) slots * Mmsg.BYTES + (long) slot * Mmsg.IOVEC_BYTES + Mmsg.IOVEC_LENGTH;
  }
}
