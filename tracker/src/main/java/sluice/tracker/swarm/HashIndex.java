package sluice.tracker.swarm;

import java.lang.foreign.MemorySegment;

/**
 * A part of a {@link SwarmIndex}: open addressing in 32 bits a slot. A slot is a record + 1 in its
 * low bits, as many as records need, and above them a tag from the hash, so that hardly any other
 * record is looked at. How many bits these are changes only when all slots are filled anew.
 */
final class HashIndex {
  private static final int LEAST = 16;

  private static final int LEAST_BITS = 8;

  /** Bits of a mix by which parts are chosen; the others choose slots. */
  private final int partBits;

  private final Records records;
  private final long seed;
  private final Memory memory;

  /** Between 67 and 75 % of them are not 0, while no swarm is removed. */
  private MemorySegment slots;

  private int length = LEAST;

  private int count;
  private int recordBits = LEAST_BITS;

  HashIndex(Records records, long seed, int partBits, Memory memory) {
    this.partBits = partBits;
    this.records = records;
    this.seed = seed;
    this.memory = memory;
    this.slots = memory.slots(LEAST);
  }

  /** The record of the visit's hash, whose mix is {@code mix}; −1 if there is none. */
  int find(Visit visit, int mix) {
    int mask = (1 << recordBits) - 1;
    int tag = mix << recordBits;
    for (int slot = home(mix); at(slot) != 0; slot = next(slot)) {
      int differs = at(slot) ^ tag;
      if ((differs & ~mask) == 0 && records.isSame(differs - 1, visit)) {
        return differs - 1;
      }
    }
    return -1;
  }

  /** Adds a record. */
  void add(int record, int mix) {
    count++;
    if (4L * count > 3L * length) {
      fill(length + (length >> 3));
    } else if (record + 1 >= 1 << recordBits) {
      fill(length);
    }
    insert(record, mix);
  }

  /** Removes a record, whether it is live or not. */
  void remove(int record, int mix) {
    int mask = (1 << recordBits) - 1;
    int hole = home(mix);
    while ((at(hole) & mask) != record + 1) {
      hole = next(hole);
    }
    // Entries that were pushed beyond the hole move back, so that no search ends too early.
    for (int slot = next(hole); at(slot) != 0; slot = next(slot)) {
      int home = home(records.mix((at(slot) & mask) - 1, seed));
      if (distance(home, slot) >= distance(hole, slot)) {
        Memory.slot(slots, hole, at(slot));
        hole = slot;
      }
    }
    Memory.slot(slots, hole, 0);
    count--;
  }

  long bytes() {
    return 4L * length;
  }

  /** Fills other slots; there is room for twice as many records until that is to be done again. */
  private void fill(int newLength) {
    MemorySegment old = slots;
    int oldLength = length;
    int mask = (1 << recordBits) - 1;
    int used = Integer.SIZE - Integer.numberOfLeadingZeros(records.used());
    recordBits = Math.max(recordBits, used + 1);
    slots = memory.slots(newLength);
    length = newLength;
    for (int i = 0; i < oldLength; i++) {
      int slot = Memory.slot(old, i);
      if (slot != 0) {
        int record = (slot & mask) - 1;
        insert(record, records.mix(record, seed));
      }
    }
    memory.free(old);
  }

  private void insert(int record, int mix) {
    int slot = home(mix);
    while (at(slot) != 0) {
      slot = next(slot);
    }
    Memory.slot(slots, slot, (mix << recordBits) | (record + 1));
  }

  private int at(int slot) {
    return Memory.slot(slots, slot);
  }

  private int home(int mix) {
    return (int) ((Integer.toUnsignedLong(mix << partBits) * length) >>> Integer.SIZE);
  }

  private int next(int slot) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  /** Steps forward from one slot to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + length;
  }
}
