package sluice.tracker.swarm;

import java.util.Arrays;

/**
 * One record of 64 bytes for each swarm: its info-hash, how often it was completed, and where its
 * peers are. Lists of up to three IPv4 peers are in the record itself.
 *
 * <p>Words: 0 and 1 hash; 2 rest of the hash (high half) and completions (low half); 3 state of the
 * IPv4 list; 4 state of the IPv6 list; 5 to 7 IPv4 peers. A state is, from the top: 32 bits handle,
 * 8 bits where seeds end, 8 bits where partial seeds end, 8 bits size, 8 bits kind.
 */
final class Records {
  static final int WORDS = 8;
  static final int INLINE = 5;
  static final int INLINE_PEERS = 3;

  /** Kinds of lists. */
  static final int IN_RECORD = 0;

  static final int IN_SLAB = 1;
  static final int LARGE = 2;

  private static final int PAGE_BITS = 9;
  private static final int PAGE = 1 << PAGE_BITS;

  private long[][] pages = new long[4][];
  private int used;
  private int firstFree = -1;
  private int live;

  /** A record with nothing but its hash. */
  int allocate(Visit visit) {
    int record = firstFree;
    if (record >= 0) {
      firstFree = (int) page(record)[offset(record) + 1];
    } else {
      record = used++;
      if (record >>> PAGE_BITS == pages.length) {
        pages = Arrays.copyOf(pages, 2 * pages.length);
      }
      if (pages[record >>> PAGE_BITS] == null) {
        pages[record >>> PAGE_BITS] = new long[PAGE * WORDS];
      }
    }
    long[] page = page(record);
    int at = offset(record);
    page[at] = visit.hash0;
    page[at + 1] = visit.hash1;
    page[at + 2] = (long) visit.hash2 << 32;
    page[at + 3] = 0;
    page[at + 4] = Long.MIN_VALUE;
    live++;
    return record;
  }

  void free(int record) {
    page(record)[offset(record) + 1] = firstFree;
    page(record)[offset(record) + 4] = 0;
    firstFree = record;
    live--;
  }

  /** Whether {@code record} is a swarm; word 4 has a mark in its topmost bit. */
  boolean isLive(int record) {
    return page(record)[offset(record) + 4] < 0;
  }

  boolean isSame(int record, Visit visit) {
    long[] page = page(record);
    int at = offset(record);
    return page[at] == visit.hash0
        && page[at + 1] == visit.hash1
        && (int) (page[at + 2] >>> 32) == visit.hash2;
  }

  int downloads(int record) {
    return (int) page(record)[offset(record) + 2];
  }

  void countDownload(int record) {
    if (downloads(record) < Integer.MAX_VALUE) {
      page(record)[offset(record) + 2]++;
    }
  }

  long state(int record, boolean ipv6) {
    long state = page(record)[offset(record) + (ipv6 ? 4 : 3)];
    return ipv6 ? state & Long.MAX_VALUE : state;
  }

  void state(int record, boolean ipv6, long state) {
    page(record)[offset(record) + (ipv6 ? 4 : 3)] = ipv6 ? state | Long.MIN_VALUE : state;
  }

  static long state(int handle, int kind, PeerList list) {
    int ends = list.seedEnd << 24 | list.partialEnd << 16 | list.size << 8;
    long all = kind == LARGE ? 0 : Integer.toUnsignedLong(ends);
    return (long) handle << 32 | all | kind;
  }

  static int kind(long state) {
    return (int) state & 0xff;
  }

  static int handle(long state) {
    return (int) (state >>> 32);
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

  long[] page(int record) {
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
    return 8L * WORDS * PAGE * ((used + PAGE - 1) >> PAGE_BITS);
  }
}
