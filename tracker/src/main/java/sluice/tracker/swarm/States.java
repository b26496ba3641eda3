package sluice.tracker.swarm;

/**
 * Where the lists of each swarm are and how long they are. A state is a word, from the top: 32 bits
 * handle, 8 bits where seeds end, 8 bits where partial seeds end, 8 bits size, 8 bits kind; 0 is an
 * empty list.
 */
final class States {
  /** Kinds of lists: empty, or the only peer of a record. */
  static final int IN_RECORD = 0;

  static final int IN_SLAB = 1;
  static final int LARGE = 2;

  /** States of the forms {@link Records#EMPTY} and {@link Records#ONE}. */
  private static final long[] SHORT = {0, 0, of(1, 1, 1), of(0, 1, 1), of(0, 0, 1)};

  /** Words of the block of the form {@link Records#BOTH}. */
  private static final int PAIR = 2;

  private final Records records;
  private final Slab slab;

  States(Records records, Slab slab) {
    this.records = records;
    this.slab = slab;
  }

  private static long of(int seedEnd, int partialEnd, int size) {
    return Integer.toUnsignedLong(seedEnd << 24 | partialEnd << 16 | size << 8);
  }

  /** The state of {@code list} of the given kind. */
  static long of(int handle, int kind, PeerList list) {
    long ends = kind == LARGE ? 0 : of(list.seedEnd, list.partialEnd, list.size);
    return (long) handle << 32 | ends | kind;
  }

  static int kind(long state) {
    return (int) state & 0xff;
  }

  static int handle(long state) {
    return (int) (state >>> 32);
  }

  /** The block of a list in the slab; −1 for any other list. */
  static int blockOf(long state) {
    return kind(state) == IN_SLAB ? handle(state) : -1;
  }

  static int seedEnd(long state) {
    return (int) (state >>> 24) & 0xff;
  }

  static int partialEnd(long state) {
    return (int) (state >>> 16) & 0xff;
  }

  static int size(long state) {
    return (int) (state >>> 8) & 0xff;
  }

  long get(int record, boolean ipv6) {
    int form = records.form(record);
    if (form == Records.IPV4) {
      return ipv6 ? 0 : records.last(record);
    }
    if (form == Records.BOTH) {
      int pair = (int) records.last(record);
      return slab.word(pair, ipv6 ? 1 : 0);
    }
    return ipv6 ? 0 : SHORT[form];
  }

  /** An IPv6 list needs the form that {@link #widen} makes. */
  void set(int record, boolean ipv6, long state) {
    int form = records.form(record);
    if (form == Records.BOTH) {
      int pair = (int) records.last(record);
      slab.word(pair, ipv6 ? 1 : 0, state);
    } else if (kind(state) != IN_RECORD) {
      assert !ipv6 : "there is no place for two states";
      records.form(record, Records.IPV4);
      records.last(record, state);
    } else if (!ipv6) {
      records.form(record, shortForm(state));
    }
  }

  private static int shortForm(long state) {
    if (size(state) == 0) {
      return Records.EMPTY;
    }
    int seedEnd = seedEnd(state);
    return Records.ONE + (seedEnd == 1 ? 0 : 2 - partialEnd(state));
  }

  /** Whether there is room for one IPv4 peer in the record itself. */
  boolean isNarrow(int record) {
    return records.form(record) != Records.BOTH;
  }

  /** Makes room for the states of both lists; the IPv4 list is not in the record. */
  void widen(int record) {
    long state = get(record, false);
    assert kind(state) != IN_RECORD || size(state) == 0 : "the peer would be lost";
    int pair = slab.allocate(PAIR);
    slab.word(pair, 0, state);
    slab.word(pair, 1, 0);
    records.form(record, Records.BOTH);
    records.last(record, pair);
  }

  /** The IPv6 list is empty and needs no room. */
  void narrow(int record) {
    long state = get(record, false);
    slab.free((int) records.last(record));
    records.form(record, Records.EMPTY);
    set(record, false, state);
  }
}
