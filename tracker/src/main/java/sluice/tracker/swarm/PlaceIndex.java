package sluice.tracker.swarm;

import java.util.Arrays;

/**
 * From the peers of a long list to their places, by extendible hashing: a folder of small tables,
 * found by the first bits of a hash. Growth concerns one table at a time, so that no announce waits
 * until a list of millions is indexed anew.
 */
final class PlaceIndex {
  /** A table with so many entries is not made longer but cut into two. */
  private static final int MOST_ENTRIES = 2_048;

  private static final int MAX_DEPTH = 20;

  /** Two tables become one when that has not more than this. */
  private static final int FEW_ENTRIES = MOST_ENTRIES / 4;

  /** Entries that one call of {@link #shrink} moves. */
  private static final int MOVED = 4 * MOST_ENTRIES;

  private final LargeList list;
  private final Memory memory;
  private PlaceTable[] folder;
  private int depth;
  private int tables = 1;
  private long slots;

  PlaceIndex(LargeList list, int entries, Memory memory) {
    this.list = list;
    this.memory = memory;
    PlaceTable first = new PlaceTable(0, entries, memory);
    this.folder = new PlaceTable[] {first};
    this.slots = first.length();
  }

  /** Where the peer of {@code visit} is; −1 if nowhere. */
  int find(Visit visit, long hash) {
    return folder[folderPlace(hash)].find(list, visit, hash);
  }

  void add(int place, long hash) {
    PlaceTable table = folder[folderPlace(hash)];
    while (table.isFull()) {
      if (table.count() < MOST_ENTRIES || table.depth == MAX_DEPTH) {
        slots -= table.length();
        table.resize(list);
        slots += table.length();
      } else {
        split(table, folderPlace(hash));
        table = folder[folderPlace(hash)];
      }
    }
    table.add(place, hash);
  }

  void replace(int from, int to, long hash) {
    folder[folderPlace(hash)].replace(from, to, hash);
  }

  void remove(int place, long hash) {
    folder[folderPlace(hash)].remove(place, hash, list);
  }

  long bytes() {
    return Integer.BYTES * slots + (long) PlaceTable.OBJECT_BYTES * tables + 8L * folder.length;
  }

  private int folderPlace(long hash) {
    return (int) (hash >>> 1 >>> (Long.SIZE - 1 - depth));
  }

  /** How many places of the folder a table with this depth has. */
  private int span(int tableDepth) {
    return 1 << (depth - tableDepth);
  }

  private void split(PlaceTable table, int at) {
    int place = at;
    if (table.depth == depth) {
      PlaceTable[] longer = new PlaceTable[2 * folder.length];
      for (int i = 0; i < longer.length; i++) {
        longer[i] = folder[i / 2];
      }
      folder = longer;
      depth++;
      place *= 2;
    }
    int ones = table.ones(list);
    PlaceTable left = new PlaceTable(table.depth + 1, table.count() - ones, memory);
    PlaceTable right = new PlaceTable(table.depth + 1, ones, memory);
    PlaceTable.split(table, list, left, right);
    table.free();
    int from = place & -span(table.depth);
    int half = span(table.depth + 1);
    Arrays.fill(folder, from, from + half, left);
    Arrays.fill(folder, from + half, from + 2 * half, right);
    tables++;
    slots += left.length() + right.length() - table.length();
  }

  /** Gives memory back that is not needed, a part at each call. */
  void shrink() {
    int left = MOVED;
    int deepest = 0;
    int at = 0;
    while (at < folder.length) {
      PlaceTable table = folder[at];
      int buddyAt = at + span(table.depth);
      PlaceTable buddy = buddyAt < folder.length ? folder[buddyAt] : table;
      int both = table.count() + buddy.count();
      if (left > 0
          && (at & span(table.depth)) == 0
          && buddy != table
          && buddy.depth == table.depth
          && both <= FEW_ENTRIES) {
        merge(table, buddy, at);
        left -= both + 1;
        at &= -(2 * span(table.depth - 1));
      } else {
        left -= squeeze(table, left);
        deepest = Math.max(deepest, table.depth);
        at = buddyAt;
      }
    }
    for (; depth > deepest; depth--) {
      PlaceTable[] shorter = new PlaceTable[folder.length / 2];
      for (int i = 0; i < shorter.length; i++) {
        shorter[i] = folder[2 * i];
      }
      folder = shorter;
    }
  }

  private void merge(PlaceTable table, PlaceTable buddy, int at) {
    PlaceTable one = new PlaceTable(table.depth - 1, table.count() + buddy.count(), memory);
    one.addAll(table, list);
    one.addAll(buddy, list);
    table.free();
    buddy.free();
    Arrays.fill(folder, at, at + 2 * span(table.depth), one);
    tables--;
    slots += one.length() - table.length() - buddy.length();
  }

  /** It is no longer used. */
  void free() {
    for (int at = 0; at < folder.length; at += span(folder[at].depth)) {
      folder[at].free();
    }
  }

  private int squeeze(PlaceTable table, int most) {
    if (most <= 0 || !table.isSparse()) {
      return 0;
    }
    slots -= table.length();
    table.resize(list);
    slots += table.length();
    return table.count() + 1;
  }
}
