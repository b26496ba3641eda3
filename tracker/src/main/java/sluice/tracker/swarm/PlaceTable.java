package sluice.tracker.swarm;

/**
 * A part of a {@link PlaceIndex}: open addressing, at least two slots for each entry. A slot is
 * place + 1, or 0 for free.
 */
final class PlaceTable {
  /** An object with a block. */
  static final int OBJECT_BYTES = 40 + Memory.OVERHEAD_BYTES;

  /** How many first bits of their hashes all entries have in common. */
  final int depth;

  private final Memory memory;
  private long slots;
  private int length;
  private int count;

  /** A table with room for {@code entries} and some more. */
  PlaceTable(int depth, int entries, Memory memory) {
    this.depth = depth;
    this.memory = memory;
    this.length = length(entries);
    this.slots = memory.slots(length);
  }

  private static int length(int entries) {
    return 2 * (entries + (entries >> 2) + 2);
  }

  int count() {
    return count;
  }

  int length() {
    return length;
  }

  boolean isFull() {
    return 2 * count >= length;
  }

  /** Whether a third of its memory and more is of no use. */
  boolean isSparse() {
    return 2 * length > 3 * length(count);
  }

  /** Where the peer of {@code visit} is in {@code list}; −1 if nowhere. */
  int find(PeerList list, Visit visit, long hash) {
    for (int slot = home(hash); at(slot) != 0; slot = next(slot)) {
      if (list.isSame(at(slot) - 1, visit)) {
        return at(slot) - 1;
      }
    }
    return -1;
  }

  /** Adds an entry; there is room for it. */
  void add(int place, long hash) {
    int slot = home(hash);
    while (at(slot) != 0) {
      slot = next(slot);
    }
    Memory.slot(slots, slot, place + 1);
    count++;
  }

  /** Adds all entries of {@code other}. */
  void addAll(PlaceTable other, LargeList list) {
    for (int i = 0; i < other.length; i++) {
      int entry = other.at(i);
      if (entry != 0) {
        add(entry - 1, list.hash(entry - 1));
      }
    }
  }

  /** Adds entries of {@code other}: those whose hash has a 1 behind its depth to {@code ones}. */
  static void split(PlaceTable other, LargeList list, PlaceTable zeros, PlaceTable ones) {
    for (int i = 0; i < other.length; i++) {
      int entry = other.at(i);
      if (entry != 0) {
        long hash = list.hash(entry - 1);
        (other.isOne(hash) ? ones : zeros).add(entry - 1, hash);
      }
    }
  }

  /** How many entries have a 1 behind the depth. */
  int ones(LargeList list) {
    int ones = 0;
    for (int i = 0; i < length; i++) {
      int entry = at(i);
      ones += entry != 0 && isOne(list.hash(entry - 1)) ? 1 : 0;
    }
    return ones;
  }

  private boolean isOne(long hash) {
    return hash << depth < 0;
  }

  /** The entry {@code from} is {@code to} from here on. */
  void replace(int from, int to, long hash) {
    int slot = home(hash);
    while (at(slot) != from + 1) {
      slot = next(slot);
    }
    Memory.slot(slots, slot, to + 1);
  }

  void remove(int place, long hash, LargeList list) {
    int hole = home(hash);
    while (at(hole) != place + 1) {
      hole = next(hole);
    }
    // Entries that were pushed beyond the hole move back, so that no search ends too early.
    for (int slot = next(hole); at(slot) != 0; slot = next(slot)) {
      int home = home(list.hash(at(slot) - 1));
      if (distance(home, slot) >= distance(hole, slot)) {
        Memory.slot(slots, hole, at(slot));
        hole = slot;
      }
    }
    Memory.slot(slots, hole, 0);
    count--;
  }

  /** Has room for a quarter more than its entries after this. */
  void resize(LargeList list) {
    PlaceTable fresh = new PlaceTable(depth, count, memory);
    fresh.addAll(this, list);
    free();
    slots = fresh.slots;
    length = fresh.length;
  }

  /** It is no longer used. */
  void free() {
    memory.free(slots);
  }

  private int at(int slot) {
    return Memory.slot(slots, slot);
  }

  private int home(long hash) {
    return (int) (((hash & 0xffffffffL) * length) >>> Integer.SIZE);
  }

  private int next(int slot) {
    return slot + 1 == length ? 0 : slot + 1;
  }

  /** Steps forward from one slot to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + length;
  }
}
