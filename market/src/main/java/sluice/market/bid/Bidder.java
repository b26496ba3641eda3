package sluice.market.bid;

import sluice.market.money.Price;

/**
 * What is bid for one torrent: near the prices at which others sold, a tenth more after a round
 * that was lost, a twentieth less after one that was won, never above what the user allows. One
 * thread.
 */
public final class Bidder {
  private static final int WEIGHT_PERCENT = 20;
  private static final int RAISE_DIVISOR = 10;
  private static final int LOWER_DIVISOR = 20;

  private Price most;
  private long micros;
  private long seenMicros = -1;

  /** A bidder whose user pays {@code most} at the most; it starts at the seller's floor. */
  public Bidder(Price most, Price floor) {
    this.most = most;
    micros = Math.min(floor.perMebibyte(), most.perMebibyte());
  }

  /** The user pays another price at the most, from the next bid on. */
  public void most(Price price) {
    most = price;
    micros = Math.min(micros, price.perMebibyte());
  }

  /** What to bid to a seller with this floor; {@link Price#FREE} to bid nothing. */
  public Price bid(Price floor) {
    if (floor.compareTo(most) > 0) {
      return Price.FREE;
    }
    return new Price(Math.clamp(micros, floor.perMebibyte(), most.perMebibyte()));
  }

  /** A round was lost. */
  public void lost() {
    long more = Math.max(1, micros / RAISE_DIVISOR);
    micros += Math.min(more, most.perMebibyte() - micros);
  }

  /** A round was won at {@code price}. */
  public void won(Price price) {
    seenMicros =
        seenMicros < 0
            ? price.perMebibyte()
            : percent(seenMicros, 100 - WEIGHT_PERCENT)
                + percent(price.perMebibyte(), WEIGHT_PERCENT);
    micros = Math.max(Math.min(seenMicros, micros), micros - micros / LOWER_DIVISOR);
  }

  /** Rounded down, without overflow. */
  private static long percent(long value, int percent) {
    return value / 100 * percent + value % 100 * percent / 100;
  }
}
