package sluice.market.money;

/**
 * A price of data.
 *
 * @param perMebibyte micro-units for 2^20 bytes, not negative
 */
public record Price(long perMebibyte) implements Comparable<Price> {
  /** Nothing. */
  public static final Price FREE = new Price(0);

  private static final int MEBIBYTE_BITS = 20;

  public Price {
    if (perMebibyte < 0) {
      throw new IllegalArgumentException("a price is not negative: " + perMebibyte);
    }
  }

  /**
   * What {@code bytes} cost, rounded down. To be taken of all bytes so far, not of parts: the sum
   * of rounded parts may be less.
   *
   * @throws ArithmeticException when it does not fit into 63 bits
   */
  public long due(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a negative number of bytes: " + bytes);
    }
    long high = Math.multiplyHigh(bytes, perMebibyte);
    if (high >= 1L << (MEBIBYTE_BITS - 1)) {
      throw new ArithmeticException(bytes + " bytes at " + perMebibyte + " cost too much");
    }
    return (high << (Long.SIZE - MEBIBYTE_BITS)) | ((bytes * perMebibyte) >>> MEBIBYTE_BITS);
  }

  /** The same; {@link Long#MAX_VALUE} for what does not fit. */
  public long dueAtMost(long bytes) {
    try {
      return due(bytes);
    } catch (ArithmeticException tooMuch) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public int compareTo(Price other) {
    return Long.compare(perMebibyte, other.perMebibyte);
  }
}
