package sluice.tracker.swarm;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The lists of peers of a shard's swarms: finds the form that a list has, and changes it when it
 * becomes longer or shorter. A list that was opened is closed before the next of its family is.
 */
final class Lists {
  private final Records records;
  private final long seed;
  private final Slab slab = new Slab();
  private final SmallList small4 = new SmallList(1);
  private final SmallList small6 = new SmallList(3);

  private @Nullable LargeList[] large = new LargeList[4];
  private int[] freeLarge = new int[4];
  private int largeCount;
  private int freeCount;

  private static final long[] NOTHING = {};

  Lists(Records records, long seed) {
    this.records = records;
    this.seed = seed;
  }

  /** The list of one family of the swarm {@code record}. */
  PeerList open(int record, boolean ipv6) {
    long state = records.state(record, ipv6);
    int kind = Records.kind(state);
    if (kind == Records.LARGE) {
      return large(Records.handle(state));
    }
    long[] array;
    int base;
    if (kind == Records.IN_SLAB) {
      array = slab.array(Records.handle(state));
      base = slab.offset(Records.handle(state));
    } else {
      array = ipv6 ? NOTHING : records.page(record);
      base = ipv6 ? 0 : records.offset(record) + Records.INLINE;
    }
    return (ipv6 ? small6 : small4)
        .at(array, base, Records.seedEnd(state), Records.partialEnd(state), Records.size(state));
  }

  /** Keeps what was done to {@code list}. */
  void close(int record, boolean ipv6, PeerList list) {
    long state = records.state(record, ipv6);
    if (Records.kind(state) != Records.LARGE) {
      records.state(record, ipv6, Records.state(Records.handle(state), Records.kind(state), list));
    }
  }

  /** The same list with room for one more. */
  PeerList grow(int record, boolean ipv6, PeerList list) {
    long state = records.state(record, ipv6);
    int handle = Records.handle(state);
    switch (Records.kind(state)) {
      case Records.LARGE -> large(handle).grow();
      case Records.IN_SLAB -> {
        if ((list.size + 1) * list.stride > slab.words(handle)) {
          return list.size < SmallList.MAX ? toSlab(record, ipv6, list) : toLarge(record, list);
        }
      }
      default -> {
        if (ipv6 || list.size == Records.INLINE_PEERS) {
          return toSlab(record, ipv6, list);
        }
      }
    }
    return list;
  }

  /** Gives memory back that {@code list}, which is closed, does not need. */
  void shrink(int record, boolean ipv6, PeerList list) {
    long state = records.state(record, ipv6);
    int handle = Records.handle(state);
    if (Records.kind(state) == Records.LARGE) {
      if (list.size <= SmallList.MAX / 2) {
        toSmall(record, ipv6, list);
      } else {
        large(handle).shrink();
      }
    } else if (Records.kind(state) == Records.IN_SLAB) {
      boolean fitsRecord = ipv6 ? list.size == 0 : list.size <= Records.INLINE_PEERS - 1;
      if (fitsRecord || slab.isTooLarge(handle, list.size * list.stride)) {
        toSmall(record, ipv6, list);
      }
    }
  }

  long bytes() {
    long sum = slab.bytes();
    for (int i = 0; i < largeCount; i++) {
      LargeList list = large[i];
      sum += list == null ? 0 : list.bytes();
    }
    return sum;
  }

  private LargeList large(int handle) {
    return Objects.requireNonNull(large[handle]);
  }

  private PeerList toSlab(int record, boolean ipv6, PeerList list) {
    int words = Math.min(list.size + 1, SmallList.MAX) * list.stride;
    int handle = slab.allocate(words);
    System.arraycopy(
        list.words, list.base, slab.array(handle), slab.offset(handle), list.size * list.stride);
    release(record, ipv6);
    records.state(record, ipv6, Records.state(handle, Records.IN_SLAB, list));
    return open(record, ipv6);
  }

  private PeerList toLarge(int record, PeerList list) {
    boolean ipv6 = list.stride > 1;
    LargeList made = new LargeList(list, seed);
    release(record, ipv6);
    int handle = freeCount > 0 ? freeLarge[--freeCount] : largeCount++;
    if (handle == large.length) {
      large = Arrays.copyOf(large, 2 * handle);
    }
    large[handle] = made;
    records.state(record, ipv6, Records.state(handle, Records.LARGE, made));
    return made;
  }

  /** Into the record if it fits, else into the least block that has room for one more. */
  private void toSmall(int record, boolean ipv6, PeerList list) {
    boolean fitsRecord = ipv6 ? list.size == 0 : list.size <= Records.INLINE_PEERS;
    if (!fitsRecord) {
      toSlab(record, ipv6, list);
      return;
    }
    if (!ipv6) {
      System.arraycopy(
          list.words,
          list.base,
          records.page(record),
          records.offset(record) + Records.INLINE,
          list.size);
    }
    release(record, ipv6);
    records.state(record, ipv6, Records.state(0, Records.IN_RECORD, list));
  }

  /** Frees what the list is in. */
  private void release(int record, boolean ipv6) {
    long state = records.state(record, ipv6);
    int handle = Records.handle(state);
    if (Records.kind(state) == Records.IN_SLAB) {
      slab.free(handle);
    } else if (Records.kind(state) == Records.LARGE) {
      large[handle] = null;
      if (freeCount == freeLarge.length) {
        freeLarge = Arrays.copyOf(freeLarge, 2 * freeCount);
      }
      freeLarge[freeCount++] = handle;
    }
  }
}
