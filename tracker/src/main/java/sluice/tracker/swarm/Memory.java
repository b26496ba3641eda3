package sluice.tracker.swarm;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.util.Objects;

/**
 * Memory of a shard outside of the heap, in blocks of words (8 bytes) or of slots (4 bytes). The
 * collector has nothing to do with it, however much there is, and no part of it is kept for later.
 * What is not freed goes with this object.
 *
 * <p>A block is a number: how many slots it has in the upper 16 bits, its address in the lower 48.
 * So nobody reads beyond its end, as with an array, and no object stands for it.
 *
 * <p>Blocks are a chain, each behind the addresses of the one before and of the one after it.
 */
@SuppressWarnings("restricted") // Memory of the C library is what this class is for.
final class Memory {
  /** Of the processor's caches. */
  private static final int LINE_BYTES = 64;

  /** What a block takes besides its words: its links, and what the C library keeps. */
  static final int OVERHEAD_BYTES = 24;

  /** What a block that {@link #lines} gives takes besides its words. */
  static final int LINE_OVERHEAD_BYTES = OVERHEAD_BYTES + LINE_BYTES;

  /** No block. */
  static final long NOTHING = 0;

  private static final int ADDRESS_BITS = 48;
  private static final long ADDRESS_MASK = (1L << ADDRESS_BITS) - 1;

  /** The longest block. */
  private static final int MAX_SLOTS = (1 << (Long.SIZE - ADDRESS_BITS)) - 1;

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
  long words(int count) {
    return allocate(2 * count);
  }

  /**
   * A block of words that are 0, which begins where a line of the processor's caches does. It is
   * never freed by itself.
   */
  long lines(int count) {
    long block = allocate(2 * count + LINE_BYTES / Integer.BYTES);
    long address = (addressOf(block) + LINE_BYTES - 1) & -LINE_BYTES;
    return ((2L * count) << ADDRESS_BITS) | address;
  }

  /** A block of slots that are 0. */
  long slots(int count) {
    return allocate(count);
  }

  private long allocate(int slots) {
    if (slots > MAX_SLOTS) {
      throw new IllegalArgumentException("a block of " + slots + " slots");
    }
    long address;
    try {
      address = (long) ALLOCATE.invokeExact(LINKS_BYTES + 4L * slots, 1L);
    } catch (Throwable e) {
      throw new IllegalStateException("calloc cannot be called", e);
    }
    if (address == 0) {
      throw new OutOfMemoryError("no memory for " + slots + " slots of swarms");
    }
    if (address >>> ADDRESS_BITS != 0) {
      throw new IllegalStateException("an address has more than " + ADDRESS_BITS + " bits");
    }
    chain.add(address);
    return ((long) slots << ADDRESS_BITS) | (address + LINKS_BYTES);
  }

  /** The block is no longer used. */
  void free(long block) {
    long address = addressOf(block) - LINKS_BYTES;
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

  static long word(long block, int at) {
    return ALL.get(JAVA_LONG_UNALIGNED, wordAddress(block, at));
  }

  static void word(long block, int at, long word) {
    ALL.set(JAVA_LONG_UNALIGNED, wordAddress(block, at), word);
  }

  static int slot(long block, int at) {
    return ALL.get(JAVA_INT_UNALIGNED, slotAddress(block, at));
  }

  static void slot(long block, int at, int slot) {
    ALL.set(JAVA_INT_UNALIGNED, slotAddress(block, at), slot);
  }

  static void copy(long from, int fromAt, long to, int toAt, int words) {
    Objects.checkFromIndexSize(fromAt, words, wordsOf(from));
    Objects.checkFromIndexSize(toAt, words, wordsOf(to));
    long source = addressOf(from) + 8L * fromAt;
    MemorySegment.copy(ALL, source, ALL, addressOf(to) + 8L * toAt, 8L * words);
  }

  private static long wordAddress(long block, int at) {
    return addressOf(block) + 8L * Objects.checkIndex(at, wordsOf(block));
  }

  private static long slotAddress(long block, int at) {
    return addressOf(block) + 4L * Objects.checkIndex(at, (int) (block >>> ADDRESS_BITS));
  }

  private static int wordsOf(long block) {
    return (int) (block >>> (ADDRESS_BITS + 1));
  }

  private static long addressOf(long block) {
    return block & ADDRESS_MASK;
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
