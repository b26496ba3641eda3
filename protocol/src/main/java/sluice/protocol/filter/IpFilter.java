package sluice.protocol.filter;

import java.net.InetAddress;
import java.util.Collection;

/**
 * A set of blocked addresses: sorted ranges that neither overlap nor touch. An address is looked up
 * by binary search. A range takes 8 bytes (IPv4) or 32 (IPv6). Immutable, any thread.
 */
public final class IpFilter {
  /** Blocks nobody. */
  public static final IpFilter EMPTY = new IpFilterBuilder().build();

  /** First and last address of each range, signed so that they are in order; see {@link #key}. */
  private final int[] from4;

  private final int[] to4;

  /** First address, high and low half, then last address of each range. */
  private final long[] ranges6;

  IpFilter(int[] from4, int[] to4, long[] ranges6) {
    this.from4 = from4;
    this.to4 = to4;
    this.ranges6 = ranges6;
  }

  /** Blocks these addresses. */
  public static IpFilter of(Collection<InetAddress> addresses) {
    IpFilterBuilder builder = new IpFilterBuilder();
    for (InetAddress address : addresses) {
      IpRange.network(address, 8 * address.getAddress().length).ifPresent(builder::add);
    }
    return builder.build();
  }

  /** Blocks whom this one or {@code other} blocks. */
  public IpFilter or(IpFilter other) {
    IpFilterBuilder builder = new IpFilterBuilder();
    addTo(builder);
    other.addTo(builder);
    return builder.build();
  }

  private void addTo(IpFilterBuilder builder) {
    for (int i = 0; i < from4.length; i++) {
      builder.add(new IpRange.V4(key(from4[i]), key(to4[i])));
    }
    for (int i = 0; i < ranges6.length; i += 4) {
      builder.add(new IpRange.V6(ranges6[i], ranges6[i + 1], ranges6[i + 2], ranges6[i + 3]));
    }
  }

  /** Number of ranges. */
  public int size() {
    return from4.length + ranges6.length / 4;
  }

  /** Whether {@code address} is in a range. */
  public boolean blocks(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? blocks4(key(IpRange.int32(bytes)))
        : blocks6(IpRange.int64(bytes, 0), IpRange.int64(bytes, 8));
  }

  /** Bytes of memory that the ranges take. */
  public long memoryBytes() {
    return 4L * (from4.length + to4.length) + 8L * ranges6.length;
  }

  /** Maps an unsigned number to a signed one of the same order, and back. */
  static int key(int unsigned) {
    return unsigned ^ Integer.MIN_VALUE;
  }

  private boolean blocks4(int key) {
    int low = 0;
    int high = from4.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (from4[middle] <= key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && key <= to4[low - 1];
  }

  private boolean blocks6(long upper, long lower) {
    int low = 0;
    int high = ranges6.length / 4;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (IpRange.compare(ranges6[4 * middle], ranges6[4 * middle + 1], upper, lower) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    int last = 4 * (low - 1);
    return low > 0 && IpRange.compare(upper, lower, ranges6[last + 2], ranges6[last + 3]) <= 0;
  }
}
