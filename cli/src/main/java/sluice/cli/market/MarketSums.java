package sluice.cli.market;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import sluice.cli.purse.Coins;
import sluice.market.money.Price;
import sluice.market.trade.MarketEvent;

/**
 * Tells people what happens in the market, and adds it up. Events come on the loop, sums may be
 * asked for by any thread.
 */
public final class MarketSums {
  private final PrintStream out;
  private final Map<String, Price> bids = new HashMap<>();
  private int bidCount;
  private int awards;
  private int sales;
  private long paid;
  private long earned;
  private long lost;

  /** Sums told on {@code out}. */
  public MarketSums(PrintStream out) {
    this.out = out;
  }

  /** Takes an event in. */
  public synchronized void on(MarketEvent event) {
    switch (event) {
      case MarketEvent.Bid(String neighbour, Price most) -> {
        bidCount++;
        if (!most.equals(bids.put(neighbour, most))) {
          say("bid " + Coins.text(most.perMebibyte()) + " a MiB to " + neighbour);
        }
      }
      case MarketEvent.Bought(String neighbour, Price price) -> {
        awards++;
        say("awarded a slot of " + neighbour + " at " + Coins.text(price.perMebibyte()));
      }
      case MarketEvent.Paid(String neighbour, long micros, long total) -> paid += micros;
      case MarketEvent.Offered(String neighbour, Price most) -> {
        if (!most.equals(bids.put(neighbour, most))) {
          say(neighbour + " bids " + Coins.text(most.perMebibyte()) + " a MiB");
        }
      }
      case MarketEvent.Sold(String neighbour, Price price) -> {
        sales++;
        say("sold a slot to " + neighbour + " at " + Coins.text(price.perMebibyte()));
      }
      case MarketEvent.Earned(String neighbour, long micros, long total) -> earned += micros;
      case MarketEvent.Served(String neighbour, long paidBytes, long allBytes) ->
          say("served " + neighbour + " " + paidBytes + " of " + allBytes + " bytes");
      case MarketEvent.Lost(String neighbour, long micros) -> {
        lost += micros;
        say(neighbour + " will not pay " + Coins.text(micros));
      }
      case MarketEvent.Ended ended -> {
        say(
            (ended.weSold() ? "no longer serves " : "no longer buys of ")
                + ended.neighbour()
                + ": "
                + ended.reason()
                + ", unpaid "
                + Coins.text(ended.unpaidMicros()));
      }
      case MarketEvent.Refused(String neighbour, String reason) ->
          say("refused, " + neighbour + ": " + reason);
    }
  }

  /** What was promised, in micro-units. */
  public synchronized long paidMicros() {
    return paid;
  }

  /** What was earned, in micro-units. */
  public synchronized long earnedMicros() {
    return earned;
  }

  /** How many slots were bought. */
  public synchronized int awards() {
    return awards;
  }

  /** Tells the sums. */
  synchronized void total(boolean bought, boolean sold) {
    if (bought) {
      say("in all: bids " + bidCount + ", awards " + awards + ", paid " + Coins.text(paid));
    }
    if (sold) {
      say(
          "in all: sales "
              + sales
              + ", earned "
              + Coins.text(earned)
              + ", unpaid "
              + Coins.text(lost));
    }
  }

  private void say(String text) {
    out.println("market: " + text);
  }
}
