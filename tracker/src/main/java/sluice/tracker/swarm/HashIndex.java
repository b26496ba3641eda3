package sluice.tracker.swarm;

/**
 * A part of a {@link SwarmIndex}: open addressing in 32 bits a slot. A slot is a record + 1 in its
 * low bits, as many as records need, and above them a tag from the hash, so that hardly any other
 * record is looked at. How many bits these are changes only when all slots are filled anew.
 */
final class HashIndex {
  private static final int LEAST = 16;

  private static final int LEAST_BITS = 8;

  /** Entries are seldom pushed farther than this. */
  private static final int PROBABLE_STEPS = 16;

  /** Bits of a mix by which parts are chosen; the others choose slots. */
  private final int partBits;

  private final Records records;
  private final long seed;

  /** Between 67 and 75 % of them are not 0, while no swarm is removed. */
  private int[] slots = new int[LEAST];

  private int count;
  private int recordBits = LEAST_BITS;

  HashIndex(Records records, long seed, int partBits) {
    this.partBits = partBits;
    this.records = records;
    this.seed = seed;
  }

  /** The record of the visit's hash, whose mix is {@code mix}; −1 if there is none. */
  int find(Visit visit, int mix) {
    int mask = (1 << recordBits) - 1;
    int tag = mix << recordBits;
    for (int slot = home(mix); slots[slot] != 0; slot = next(slot)) {
      int differs = slots[slot] ^ tag;
      if ((differs & ~mask) == 0 && records.isSame(differs - 1, visit)) {
        return differs - 1;
      }
    }
    return -1;
  }

  /** Anything of where {@link #find} begins. Takes no lock. */
  int glance(int mix) {
    int[] all = slots;
    return all[home(mix, all)];
  }

  /** What {@link #find} would find by tags alone, or anything. Takes no lock. */
  int probably(int mix) {
    int[] all = slots;
    int bits = recordBits;
    int mask = (1 << bits) - 1;
    int at = home(mix, all);
    for (int i = 0; i < PROBABLE_STEPS; i++) {
      int slot = all[at];
      if (slot == 0 || ((slot ^ (mix << bits)) & ~mask) == 0) {
        return (slot & mask) - 1;
      }
      at = at + 1 == all.length ? 0 : at + 1;
    }
    return -1;
  }

  /** Adds a record. */
  void add(int record, int mix) {
    count++;
    if (4L * count > 3L * slots.length) {
      fill(slots.length + (slots.length >> 3));
    } else if (record + 1 >= 1 << recordBits) {
      fill(slots.length);
    }
    put(record, mix);
  }

  /** Removes a record, whether it is live or not. */
  void remove(int record, int mix) {
    int mask = (1 << recordBits) - 1;
    int hole = home(mix);
    while ((slots[hole] & mask) != record + 1) {
      hole = next(hole);
    }
    // Entries that were pushed beyond the hole move back, so that no search ends too early.
    for (int slot = next(hole); slots[slot] != 0; slot = next(slot)) {
      int home = home(records.mix((slots[slot] & mask) - 1, seed));
      if (distance(home, slot) >= distance(hole, slot)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
    count--;
  }

  long bytes() {
    return 4L * slots.length;
  }

  /** Fills other slots; there is room for twice as many records until that is to be done again. */
  private void fill(int length) {
    int[] old = slots;
    int mask = (1 << recordBits) - 1;
    int used = Integer.SIZE - Integer.numberOfLeadingZeros(records.used());
    recordBits = Math.max(recordBits, used + 1);
    slots = new int[length];
    for (int slot : old) {
      if (slot != 0) {
        int record = (slot & mask) - 1;
        put(record, records.mix(record, seed));
      }
    }
  }

  private void put(int record, int mix) {
    int slot = home(mix);
    while (slots[slot] != 0) {
      slot = next(slot);
    }
    slots[slot] = (mix << recordBits) | (record + 1);
  }

  private int home(int mix) {
    return home(mix, slots);
  }

  private int home(int mix, int[] all) {
    return (int) ((Integer.toUnsignedLong(mix << partBits) * all.length) >>> Integer.SIZE);
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** Steps forward from one slot to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + slots.length;
  }
}
