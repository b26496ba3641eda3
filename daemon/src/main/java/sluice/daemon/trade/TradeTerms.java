package sluice.daemon.trade;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the user wants of the market; prices in micro-units for a MiB. Amounts have 18 digits at the
 * most.
 *
 * @param buying whether peers are paid
 * @param selling whether upload slots are sold
 * @param price the most that is paid
 * @param budget the most that is paid in all, until the daemon ends
 * @param torrentBudget the most that is paid for one torrent, until the daemon ends; 0: no limit
 * @param dayBudget the most that is paid within a day of UTC, with what the wallet has paid on that
 *     day before; 0: no limit
 * @param floor the least that is taken
 */
public record TradeTerms(
    boolean buying,
    boolean selling,
    long price,
    long budget,
    long torrentBudget,
    long dayBudget,
    long floor) {
  /** Nothing is traded. */
  public static final TradeTerms NONE = new TradeTerms(false, false, 0, 0, 0, 0, 0);

  /** The largest amount. */
  public static final long MAX_MICROS = 999_999_999_999_999_999L;

  public TradeTerms {
    if (!LongStream.of(price, budget, torrentBudget, dayBudget, floor)
        .allMatch(micros -> micros >= 0 && micros <= MAX_MICROS)) {
      throw new IllegalArgumentException("amounts are from 0 to " + MAX_MICROS);
    }
  }

  /**
   * What {@link #text} wrote, or wrote before there were budgets of a torrent and of a day; nothing
   * if it is something else.
   */
  public static TradeTerms of(String text) {
    if (!text.matches("[01] [01]( [0-9]{1,18}){3}(( [0-9]{1,18}){2})?")) {
      return NONE;
    }
    long[] numbers = Stream.of(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    boolean isWhole = numbers.length > 5;
    return new TradeTerms(
        numbers[0] == 1,
        numbers[1] == 1,
        numbers[2],
        numbers[3],
        isWhole ? numbers[5] : 0,
        isWhole ? numbers[6] : 0,
        numbers[4]);
  }

  /** The terms on one line, to be kept. */
  public String text() {
    return (buying ? 1 : 0)
        + " "
        + (selling ? 1 : 0)
        + (" " + price + " " + budget + " " + floor + " " + torrentBudget + " " + dayBudget);
  }

  /** The limit for one torrent, or none. */
  public long torrentLimit() {
    return torrentBudget == 0 ? Long.MAX_VALUE : torrentBudget;
  }

  /** The limit for a day, or none. */
  public long dayLimit() {
    return dayBudget == 0 ? Long.MAX_VALUE : dayBudget;
  }
}
