package sluice.market.trade;

import java.util.function.LongPredicate;

/** Looks for numbers of bytes of which only the price is known. Any thread. */
final class Search {
  private Search() {}

  /** The last number up to {@code limit} that {@code fits}, as 0 and all before it do. */
  static long last(long limit, LongPredicate fits) {
    long low = 0;
    long high = limit;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (fits.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
