package sluice.tracker.cluster;

import java.nio.ByteBuffer;
import java.util.Arrays;
import sluice.tracker.swarm.Role;
import sluice.tracker.swarm.Visit;

/**
 * Announces that wait to be told to the other trackers, as bytes: what (1 byte), info-hash (20),
 * address (4 or 16), port (2). When Redis is away so long that it is full, the newest are left out:
 * they come again within an interval. Any thread.
 */
final class Outbox {
  /** Where the info-hash is in an entry. */
  static final int HASH_AT = 1;

  private static final int MAX_ENTRY = 39;
  private static final int IPV4_ENTRY = 27;

  private static final int COMPLETED = 16;
  private static final int IPV6 = 8;
  private static final int STOPPED = 4;
  private static final int ROLE = 3;

  private final ByteBuffer bytes;
  private long dropped;

  Outbox(int maxBytes) {
    bytes = ByteBuffer.allocate(maxBytes);
  }

  synchronized void add(Visit visit) {
    if (bytes.remaining() < MAX_ENTRY) {
      dropped++;
      return;
    }
    int role =
        switch (visit.role()) {
          case SEED -> 0;
          case PARTIAL_SEED -> 1;
          case DOWNLOADER -> 2;
        };
    int kind =
        role
            | (visit.isStopped() ? STOPPED : 0)
            | (visit.isIpv6() ? IPV6 : 0)
            | (visit.isCompleted() ? COMPLETED : 0);
    bytes.put((byte) kind);
    bytes.putLong(visit.hashFirst()).putLong(visit.hashSecond()).putInt(visit.hashThird());
    visit.putEndpoint(bytes);
  }

  /** All entries, which are no longer here then. */
  synchronized byte[] take() {
    byte[] taken = Arrays.copyOf(bytes.array(), bytes.position());
    bytes.clear();
    return taken;
  }

  /** How many were left out. */
  synchronized long dropped() {
    return dropped;
  }

  /** Length of the entry at {@code at}; 0 if there is none, or not all of it. */
  static int entryBytes(ByteBuffer in, int at) {
    if (at >= in.limit()) {
      return 0;
    }
    int bytes = (in.get(at) & IPV6) == 0 ? IPV4_ENTRY : MAX_ENTRY;
    return at + bytes <= in.limit() ? bytes : 0;
  }

  /**
   * Reads the next entry; gives false at the end, or when it is not all there.
   *
   * @param own whether it is of this tracker, which has counted completions already
   */
  static boolean read(ByteBuffer in, boolean own, Visit visit) {
    if (entryBytes(in, in.position()) == 0) {
      return false;
    }
    int kind = in.get();
    visit.hash(in.getLong(), in.getLong(), in.getInt());
    if ((kind & IPV6) != 0) {
      visit.ipv6(in.getLong(), in.getLong(), in.getShort() & 0xffff);
    } else {
      visit.ipv4(in.getInt(), in.getShort() & 0xffff);
    }
    switch (kind & ROLE) {
      case 0 -> visit.role(Role.SEED);
      case 1 -> visit.role(Role.PARTIAL_SEED);
      default -> visit.role(Role.DOWNLOADER);
    }
    if ((kind & STOPPED) != 0) {
      visit.stopped();
    }
    if ((kind & COMPLETED) != 0 && !own) {
      visit.completed();
    }
    visit.want(0, false);
    return true;
  }
}
