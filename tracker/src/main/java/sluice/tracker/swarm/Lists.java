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
  private final Memory memory;
  private final Slab slab;
  private final States states;
  private final SmallList small4 = new SmallList(1);
  private final SmallList small6 = new SmallList(3);

  private @Nullable LargeList[] large = new LargeList[4];
  private int[] freeLarge = new int[4];
  private int largeCount;
  private int freeCount;

  Lists(Records records, long seed, Memory memory) {
    this.records = records;
    this.seed = seed;
    this.memory = memory;
    this.slab = new Slab(memory);
    this.states = new States(records, slab);
  }

  /** The list of one family of the swarm {@code record}. */
  PeerList open(int record, boolean ipv6) {
    long state = states.get(record, ipv6);
    int kind = States.kind(state);
    if (kind == States.LARGE) {
      return large(States.handle(state));
    }
    long block;
    int base;
    if (kind == States.IN_SLAB) {
      block = slab.chunk(States.handle(state));
      base = slab.offset(States.handle(state));
    } else {
      block = ipv6 ? Memory.NOTHING : records.page(record);
      base = ipv6 ? 0 : records.offset(record) + Records.LAST;
    }
    return (ipv6 ? small6 : small4)
        .at(block, base, States.seedEnd(state), States.partialEnd(state), States.size(state));
  }

  /** Keeps what was done to {@code list}. */
  void close(int record, boolean ipv6, PeerList list) {
    long state = states.get(record, ipv6);
    if (States.kind(state) != States.LARGE) {
      states.set(record, ipv6, States.of(States.handle(state), States.kind(state), list));
    }
  }

  /** The same list with room for one more. */
  PeerList grow(int record, boolean ipv6, PeerList list) {
    long state = states.get(record, ipv6);
    int handle = States.handle(state);
    switch (States.kind(state)) {
      case States.LARGE -> large(handle).grow();
      case States.IN_SLAB -> {
        if ((list.size + 1) * list.stride > slab.words(handle)) {
          return list.size < SmallList.most(list.stride)
              ? toSlab(record, ipv6, list, list.size + 1)
              : toLarge(record, list);
        }
      }
      default -> {
        if (ipv6 || list.size > 0 || !states.isNarrow(record)) {
          return toSlab(record, ipv6, list, list.size + 1);
        }
      }
    }
    return list;
  }

  /** Gives memory back that {@code list}, which is closed, does not need. */
  void shrink(int record, boolean ipv6, PeerList list) {
    long state = states.get(record, ipv6);
    int handle = States.handle(state);
    if (States.kind(state) == States.LARGE) {
      if (list.size <= SmallList.most(list.stride) / 4 * 3) {
        toSmall(record, ipv6, list);
      } else {
        large(handle).shrink();
      }
    } else if (States.kind(state) == States.IN_SLAB
        && (fitsRecord(record, ipv6, list) || slab.isTooLarge(handle, list.size * list.stride))) {
      toSmall(record, ipv6, list);
    }
    if (ipv6 && list.size == 0 && !states.isNarrow(record)) {
      states.narrow(record);
      shrink(record, false, open(record, false));
    }
  }

  /** Anything of the block {@code handle}. Takes no lock. */
  long glance(int handle) {
    return slab.glance(handle);
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

  private boolean fitsRecord(int record, boolean ipv6, PeerList list) {
    return list.size == 0 || (list.size == 1 && !ipv6 && states.isNarrow(record));
  }

  /** Into a block that has room for {@code size} peers. */
  private PeerList toSlab(int record, boolean ipv6, PeerList list, int size) {
    if (ipv6 && states.isNarrow(record)) {
      PeerList other = open(record, false);
      if (States.kind(states.get(record, false)) == States.IN_RECORD && other.size > 0) {
        toSlab(record, false, other, other.size);
      }
      states.widen(record);
    }
    int handle = slab.allocate(size * list.stride);
    Memory.copy(
        list.block(0),
        list.offset(0),
        slab.chunk(handle),
        slab.offset(handle),
        list.size * list.stride);
    release(record, ipv6);
    states.set(record, ipv6, States.of(handle, States.IN_SLAB, list));
    return open(record, ipv6);
  }

  private PeerList toLarge(int record, PeerList list) {
    boolean ipv6 = list.stride > 1;
    LargeList made = new LargeList(list, seed, memory);
    release(record, ipv6);
    int handle = freeCount > 0 ? freeLarge[--freeCount] : largeCount++;
    if (handle == large.length) {
      large = Arrays.copyOf(large, 2 * handle);
    }
    large[handle] = made;
    states.set(record, ipv6, States.of(handle, States.LARGE, made));
    return made;
  }

  /** Into the record if it fits, else into the least block that has room for it. */
  private void toSmall(int record, boolean ipv6, PeerList list) {
    if (!fitsRecord(record, ipv6, list)) {
      toSlab(record, ipv6, list, list.size);
      return;
    }
    long peer = list.size == 0 ? 0 : Memory.word(list.block(0), list.offset(0));
    release(record, ipv6);
    if (list.size > 0) {
      records.last(record, peer);
    }
    states.set(record, ipv6, States.of(0, States.IN_RECORD, list));
  }

  /** Frees what the list is in. */
  private void release(int record, boolean ipv6) {
    long state = states.get(record, ipv6);
    int handle = States.handle(state);
    if (States.kind(state) == States.IN_SLAB) {
      slab.free(handle);
    } else if (States.kind(state) == States.LARGE) {
      large(handle).free();
      large[handle] = null;
      if (freeCount == freeLarge.length) {
        freeLarge = Arrays.copyOf(freeLarge, 2 * freeCount);
      }
      freeLarge[freeCount++] = handle;
    }
  }
}
