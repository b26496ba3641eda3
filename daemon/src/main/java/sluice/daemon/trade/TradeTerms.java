package sluice.daemon.trade;

import java.util.stream.Stream;

/**
 * What the user wants of the market; prices in micro-units for a MiB.
 *
 * @param buying whether peers are paid
 * @param selling whether upload slots are sold
 * @param price the most that is paid
 * @param budget the most that is paid in all, until the daemon ends
 * @param floor the least that is taken
 */
public record TradeTerms(boolean buying, boolean selling, long price, long budget, long floor) {
  /** Nothing is traded. */
  public static final TradeTerms NONE = new TradeTerms(false, false, 0, 0, 0);

  public TradeTerms {
    if (price < 0 || budget < 0 || floor < 0) {
      throw new IllegalArgumentException("amounts are not negative");
    }
  }

  /** What {@link #text} wrote; nothing if it is something else. */
  public static TradeTerms of(String text) {
    if (!text.matches("[01] [01]( [0-9]{1,18}){3}")) {
      return NONE;
    }
    long[] numbers = Stream.of(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new TradeTerms(numbers[0] == 1, numbers[1] == 1, numbers[2], numbers[3], numbers[4]);
  }

  /** The terms on one line, to be kept. */
  public String text() {
    return (buying ? 1 : 0) + " " + (selling ? 1 : 0) + " " + price + " " + budget + " " + floor;
  }
}
