package sluice.protocol.filter;

import java.net.InetAddress;
import java.util.Optional;

/** Addresses from one to another, both included, of one family. */
sealed interface IpRange {
  /** IPv4, as unsigned numbers. */
  record V4(int from, int to) implements IpRange {}

  /** IPv6, as unsigned halves. */
  record V6(long fromUpper, long fromLower, long toUpper, long toLower)
      implements IpRange, Comparable<V6> {
    @Override
    public int compareTo(V6 other) {
      return IpRange.compare(fromUpper, fromLower, other.fromUpper, other.fromLower);
    }
  }

  /** The range between two addresses of one family in order; anything else gives nothing. */
  static Optional<IpRange> between(InetAddress from, InetAddress to) {
    byte[] first = from.getAddress();
    byte[] last = to.getAddress();
    if (first.length != last.length) {
      return Optional.empty();
    }
    if (first.length == 4) {
      int a = int32(first);
      int b = int32(last);
      return Integer.compareUnsigned(a, b) <= 0 ? Optional.of(new V4(a, b)) : Optional.empty();
    }
    V6 range = new V6(int64(first, 0), int64(first, 8), int64(last, 0), int64(last, 8));
    boolean ordered =
        compare(range.fromUpper(), range.fromLower(), range.toUpper(), range.toLower()) <= 0;
    return ordered ? Optional.of(range) : Optional.empty();
  }

  /** The network of {@code address} with {@code bits}; too many bits give nothing. */
  static Optional<IpRange> network(InetAddress address, int bits) {
    byte[] bytes = address.getAddress();
    if (bits < 0 || bits > 8 * bytes.length) {
      return Optional.empty();
    }
    if (bytes.length == 4) {
      int rest = bits == 32 ? 0 : -1 >>> bits;
      int base = int32(bytes);
      return Optional.of(new V4(base & ~rest, base | rest));
    }
    long upperRest = bits >= 64 ? 0 : -1L >>> bits;
    long lowerRest = bits <= 64 ? -1L : bits == 128 ? 0 : -1L >>> (bits - 64);
    long upper = int64(bytes, 0);
    long lower = int64(bytes, 8);
    return Optional.of(
        new V6(upper & ~upperRest, lower & ~lowerRest, upper | upperRest, lower | lowerRest));
  }

  /** Compares two unsigned numbers of 128 bits. */
  static int compare(long upperA, long lowerA, long upperB, long lowerB) {
    int upper = Long.compareUnsigned(upperA, upperB);
    return upper != 0 ? upper : Long.compareUnsigned(lowerA, lowerB);
  }

  /** Four bytes as a number. */
  static int int32(byte[] bytes) {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  /** Eight bytes from {@code at} on as a number. */
  static long int64(byte[] bytes, int at) {
    long value = 0;
    for (int i = at; i < at + 8; i++) {
      value = value << 8 | (bytes[i] & 0xff);
    }
    return value;
  }
}
