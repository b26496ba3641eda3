package sluice.protocol.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Collects ranges in any order and makes an {@link IpFilter} of them. One thread. */
final class IpFilterBuilder {
  /** Most ranges of IPv4. */
  static final int MAX_IPV4_RANGES = 5_000_000;

  /** Most ranges of IPv6. */
  static final int MAX_IPV6_RANGES = 500_000;

  private static final int FIRST_CAPACITY = 64;

  /** First address, as a signed key, in the upper half, and last address in the lower one. */
  private long[] ranges4 = new long[FIRST_CAPACITY];

  private int count4;
  private final List<IpRange.V6> ranges6 = new ArrayList<>();

  /** Adds a range; false if there are too many. */
  boolean add(IpRange range) {
    return switch (range) {
      case IpRange.V4 v4 -> add(v4);
      case IpRange.V6 v6 -> ranges6.size() < MAX_IPV6_RANGES && ranges6.add(v6);
    };
  }

  private boolean add(IpRange.V4 range) {
    if (count4 == MAX_IPV4_RANGES) {
      return false;
    }
    if (count4 == ranges4.length) {
      ranges4 = Arrays.copyOf(ranges4, Math.min(MAX_IPV4_RANGES, count4 + count4 / 2));
    }
    long from = IpFilter.key(range.from());
    ranges4[count4++] = from << 32 | (range.to() & 0xffff_ffffL);
    return true;
  }

  /** The filter of all ranges. */
  IpFilter build() {
    Arrays.sort(ranges4, 0, count4);
    int[] from = new int[count4];
    int[] to = new int[count4];
    int merged = 0;
    for (int i = 0; i < count4; i++) {
      int first = (int) (ranges4[i] >> 32);
      int last = IpFilter.key((int) ranges4[i]);
      if (merged > 0 && first <= (long) to[merged - 1] + 1) {
        to[merged - 1] = Math.max(to[merged - 1], last);
      } else {
        from[merged] = first;
        to[merged] = last;
        merged++;
      }
    }
    return new IpFilter(Arrays.copyOf(from, merged), Arrays.copyOf(to, merged), merged6());
  }

  private long[] merged6() {
    Collections.sort(ranges6);
    long[] out = new long[4 * ranges6.size()];
    int end = 0;
    for (IpRange.V6 range : ranges6) {
      if (end > 0 && reaches(out[end - 2], out[end - 1], range)) {
        if (IpRange.compare(range.toUpper(), range.toLower(), out[end - 2], out[end - 1]) > 0) {
          out[end - 2] = range.toUpper();
          out[end - 1] = range.toLower();
        }
      } else {
        out[end] = range.fromUpper();
        out[end + 1] = range.fromLower();
        out[end + 2] = range.toUpper();
        out[end + 3] = range.toLower();
        end += 4;
      }
    }
    return Arrays.copyOf(out, end);
  }

  /** Whether {@code range} begins at most one behind the address. */
  private static boolean reaches(long upper, long lower, IpRange.V6 range) {
    long nextLower = lower + 1;
    long nextUpper = nextLower == 0 ? upper + 1 : upper;
    boolean isLast = nextLower == 0 && nextUpper == 0;
    return isLast
        || IpRange.compare(range.fromUpper(), range.fromLower(), nextUpper, nextLower) <= 0;
  }
}
