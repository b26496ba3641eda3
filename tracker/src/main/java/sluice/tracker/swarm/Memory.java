package sluice.tracker.swarm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;

/**
 * Memory of a shard outside of the heap, in blocks of words (8 bytes) or of slots (4 bytes). The
 * collector has nothing to do with it, however much there is, and no part of it is kept for later.
 * What is not freed goes with this object.
 *
 * <p>Blocks are a chain, each behind the addresses of the one before and of the one after it.
 */
@SuppressWarnings("restricted") // Memory of the C library is what this class is for.
final class Memory {
  /** What a block takes besides its words: its links, and what the C library keeps. */
  static final int OVERHEAD_BYTES = 24;

  /** No block. */
  static final MemorySegment NOTHING = MemorySegment.NULL;

  private static final int LINKS_BYTES = 16;

  /** Where the address of the next block is among the links. */
  private static final int NEXT = 8;

  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final Cleaner CLEANER = Cleaner.create();
  private static final MethodHandle ALLOCATE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("calloc"),
              FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("free"),
              FunctionDescriptor.ofVoid(JAVA_LONG));

  private final Chain chain = new Chain();

  private Memory() {}

  static Memory create() {
    Memory memory = new Memory();
    CLEANER.register(memory, memory.chain);
    return memory;
  }

  /** A block of words that are 0. */
  MemorySegment words(int count) {
    return allocate(8L * count);
  }

  /** A block of slots that are 0. */
  MemorySegment slots(int count) {
    return allocate(4L * count);
  }

  private MemorySegment allocate(long bytes) {
    long address;
    try {
      address = (long) ALLOCATE.invokeExact(LINKS_BYTES + bytes, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException("calloc cannot be called", e);
    }
    if (address == 0) {
      throw new OutOfMemoryError("no memory for " + bytes + " bytes of swarms");
    }
    chain.add(address);
    return MemorySegment.ofAddress(address + LINKS_BYTES).reinterpret(bytes);
  }

  /** The block is no longer used. */
  void free(MemorySegment block) {
    long address = block.address() - LINKS_BYTES;
    chain.remove(address);
    release(address);
  }

  private static void release(long address) {
    try {
      FREE.invokeExact(address);
    } catch (Throwable e) {
      throw new IllegalStateException("free cannot be called", e);
    }
  }

  static long word(MemorySegment block, int at) {
    return block.getAtIndex(JAVA_LONG, at);
  }

  static void word(MemorySegment block, int at, long word) {
    block.setAtIndex(JAVA_LONG, at, word);
  }

  static int slot(MemorySegment block, int at) {
    return block.getAtIndex(JAVA_INT, at);
  }

  static void slot(MemorySegment block, int at, int slot) {
    block.setAtIndex(JAVA_INT, at, slot);
  }

  static void copy(MemorySegment from, int fromAt, MemorySegment to, int toAt, int words) {
    MemorySegment.copy(from, 8L * fromAt, to, 8L * toAt, 8L * words);
  }

  /** All blocks of a shard; it knows nothing of the shard, whose end it outlives. */
  private static final class Chain implements Runnable {
    private long first;

    void add(long address) {
      ALL.set(JAVA_LONG, address + NEXT, first);
      if (first != 0) {
        ALL.set(JAVA_LONG, first, address);
      }
      first = address;
    }

    void remove(long address) {
      long before = ALL.get(JAVA_LONG, address);
      long next = ALL.get(JAVA_LONG, address + NEXT);
      if (next != 0) {
        ALL.set(JAVA_LONG, next, before);
      }
      if (before != 0) {
        ALL.set(JAVA_LONG, before + NEXT, next);
      } else {
        first = next;
      }
    }

    @Override
    public void run() {
      while (first != 0) {
        long address = first;
        first = ALL.get(JAVA_LONG, address + NEXT);
        release(address);
      }
    }
  }
}
