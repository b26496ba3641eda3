package sluice.tracker.swarm;

import java.util.Arrays;

/**
 * One record of 32 bytes for each swarm: its info-hash, how often it was completed, and its only
 * IPv4 peer or where its lists are. None lies across two lines of a cache.
 *
 * <p>Words: 0 and 1 hash; 2 rest of the hash (high half), completions (28 bits) and form (4 bits);
 * 3 what the form says.
 */
final class Records {
  static final int WORDS = 4;

  /** Where the word of the form is in a record. */
  static final int LAST = 3;

  /** Forms: no swarm at all. Word 1 is the next such record. */
  static final int FREE = 0;

  /** No peers. */
  static final int EMPTY = 1;

  /** One IPv4 peer, which is word 3; the form is this and the place of its {@link Role}. */
  static final int ONE = 2;

  /** Only IPv4 peers: word 3 is the state of their list. */
  static final int IPV4 = 5;

  /** Word 3 is a block with the states of the IPv4 and of the IPv6 list. */
  static final int BOTH = 6;

  private static final int FORM_BITS = 4;
  private static final int FORM_MASK = (1 << FORM_BITS) - 1;
  private static final int MAX_DOWNLOADS = (1 << (Integer.SIZE - FORM_BITS)) - 1;
  private static final int PAGE_BITS = 9;
  private static final int PAGE = 1 << PAGE_BITS;

  private final Memory memory;
  private long[] pages = new long[4];
  private int pageCount;
  private int used;
  private int firstFree = -1;
  private int live;

  Records(Memory memory) {
    this.memory = memory;
  }

  /** A record with nothing but its hash. */
  int allocate(Visit visit) {
    int record = firstFree;
    if (record >= 0) {
      firstFree = (int) word(record, 1);
    } else {
      record = used++;
      if (record >>> PAGE_BITS == pageCount) {
        if (pageCount == pages.length) {
          pages = Arrays.copyOf(pages, 2 * pageCount);
        }
        pages[pageCount++] = memory.lines(PAGE * WORDS);
      }
    }
    word(record, 0, visit.hash0);
    word(record, 1, visit.hash1);
    word(record, 2, (long) visit.hash2 << 32 | EMPTY);
    live++;
    return record;
  }

  void free(int record) {
    word(record, 1, firstFree);
    form(record, FREE);
    firstFree = record;
    live--;
  }

  /** Whether {@code record} is a swarm. */
  boolean isLive(int record) {
    return form(record) != FREE;
  }

  int form(int record) {
    return (int) word(record, 2) & FORM_MASK;
  }

  void form(int record, int form) {
    word(record, 2, (word(record, 2) & ~FORM_MASK) | form);
  }

  /** What the form says. */
  long last(int record) {
    return word(record, LAST);
  }

  void last(int record, long word) {
    word(record, LAST, word);
  }

  boolean isSame(int record, Visit visit) {
    return word(record, 0) == visit.hash0
        && word(record, 1) == visit.hash1
        && (int) (word(record, 2) >>> 32) == visit.hash2;
  }

  /** The bits of the record's hash; see {@link Shard#mix}. */
  int mix(int record, long seed) {
    int rest = (int) (word(record, 2) >>> 32);
    return (int) Shard.mix(word(record, 0), word(record, 1), rest, seed);
  }

  /** Anything of {@code record}, if that is one. Takes no lock: pages are never freed. */
  long glance(int record) {
    long page = pageAtGlance(record);
    return page == Memory.NOTHING ? 0 : Memory.word(page, offset(record) + 2);
  }

  /**
   * The block of the peers of the swarm {@code record}, if that is one and they are in a block, or
   * anything. Takes no lock.
   */
  int blockAtGlance(int record) {
    long page = pageAtGlance(record);
    if (page == Memory.NOTHING) {
      return -1;
    }
    int at = offset(record);
    int form = (int) Memory.word(page, at + 2) & FORM_MASK;
    return form == IPV4 ? States.blockOf(Memory.word(page, at + LAST)) : -1;
  }

  private long pageAtGlance(int record) {
    long[] all = pages;
    int page = record >>> PAGE_BITS;
    return page < all.length ? all[page] : Memory.NOTHING;
  }

  int downloads(int record) {
    return (int) word(record, 2) >>> FORM_BITS;
  }

  void countDownload(int record) {
    if (downloads(record) < MAX_DOWNLOADS) {
      word(record, 2, word(record, 2) + (1 << FORM_BITS));
    }
  }

  private long word(int record, int at) {
    return Memory.word(page(record), offset(record) + at);
  }

  private void word(int record, int at, long word) {
    Memory.word(page(record), offset(record) + at, word);
  }

  long page(int record) {
    return pages[record >>> PAGE_BITS];
  }

  int offset(int record) {
    return (record & (PAGE - 1)) * WORDS;
  }

  /** All records ever made; those below are live or free. */
  int used() {
    return used;
  }

  int live() {
    return live;
  }

  long bytes() {
    return (8L * WORDS * PAGE + Memory.LINE_OVERHEAD_BYTES) * pageCount + 8L * pages.length;
  }
}
