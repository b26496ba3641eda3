package sluice.tracker.swarm;

/**
 * From info-hashes to records: open addressing with 32 bits of the hash's mix beside each record,
 * so that it grows without a look at the records.
 */
final class HashIndex {
  private static final int LEAST = 64;

  private final Records records;

  /** Mix in the high half, record + 1 in the low half; 0 is free. At most three quarters full. */
  private long[] slots = new long[LEAST];

  private int count;

  HashIndex(Records records) {
    this.records = records;
  }

  /** The record of the visit's hash, whose mix is {@code mix}; −1 if there is none. */
  int find(Visit visit, int mix) {
    int mask = slots.length - 1;
    for (int slot = mix & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      long entry = slots[slot];
      if ((int) (entry >>> 32) == mix && records.isSame((int) entry - 1, visit)) {
        return (int) entry - 1;
      }
    }
    return -1;
  }

  void add(int record, int mix) {
    if (4L * (count + 1) > 3L * slots.length) {
      grow();
    }
    count++;
    put(((long) mix << 32) | (record + 1));
  }

  void remove(int record, int mix) {
    int mask = slots.length - 1;
    long wanted = ((long) mix << 32) | (record + 1);
    int hole = mix & mask;
    while (slots[hole] != wanted) {
      hole = (hole + 1) & mask;
    }
    for (int slot = (hole + 1) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int home = (int) (slots[slot] >>> 32) & mask;
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
    count--;
  }

  long bytes() {
    return 8L * slots.length;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        put(entry);
      }
    }
  }

  private void put(long entry) {
    int mask = slots.length - 1;
    int slot = (int) (entry >>> 32) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = entry;
  }
}
