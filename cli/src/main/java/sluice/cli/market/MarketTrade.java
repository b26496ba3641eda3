package sluice.cli.market;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import sluice.cli.Problem;
import sluice.cli.purse.Places;
import sluice.daemon.config.MarketSettings;
import sluice.daemon.trade.Trade;
import sluice.daemon.trade.TradeTerms;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.Loop;
import sluice.ledger.client.HubException;
import sluice.ledger.hub.Balance;
import sluice.transport.TransportConfig;

/** What trades for a daemon, as {@code --pay} and {@code --sell} do for one run. Any thread. */
public final class MarketTrade implements Trade {
  private final MarketTrading trading;
  private final Lines lines;

  private MarketTrade(MarketTrading trading, Lines lines) {
    this.trading = trading;
    this.lines = lines;
  }

  /** Opens the wallet, and asks the hub in the way that {@code network} leaves. */
  public static Trade open(MarketSettings settings, TradeTerms terms, TransportConfig network)
      throws IOException {
    Lines lines = new Lines();
    MarketPlan plan =
        new MarketPlan(
            settings.ledger(),
            settings.wallet().orElseGet(Places::wallet),
            settings.passwordFile(),
            Optional.empty(),
            Optional.of(purchase(terms)),
            Optional.of(sale(terms)),
            settings.inPrivate());
    try {
      return new MarketTrade(
          MarketTrading.open(plan, network, new PrintStream(lines, true, StandardCharsets.UTF_8)),
          lines);
    } catch (Problem e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A price of 0 buys nothing, until there is another one. */
  private static MarketPlan.Purchase purchase(TradeTerms terms) {
    return new MarketPlan.Purchase(
        terms.buying() ? terms.price() : 0, terms.budget(), terms.torrentLimit(), terms.dayLimit());
  }

  private static MarketPlan.Sale sale(TradeTerms terms) {
    MarketPlan.Sale usual = MarketPlan.Sale.at(terms.floor());
    return new MarketPlan.Sale(
        terms.selling(), terms.floor(), usual.auction(), usual.freePermille());
  }

  @Override
  public void terms(TradeTerms terms) {
    trading.buy(purchase(terms));
    trading.sell(sale(terms));
  }

  @Override
  public List<PeerExtension> extensions(Loop loop) {
    return trading.extensions(loop);
  }

  @Override
  public Sums sums() throws IOException {
    try {
      Balance balance = trading.trader().member().balance(trading.trader().terms().asset());
      return new Sums(
          balance.availableMicros(),
          balance.lockedMicros(),
          trading.sums().earnedMicros(),
          trading.sums().paidMicros());
    } catch (HubException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public List<Deal> deals() {
    return lines.deals();
  }

  @Override
  public void leave() {
    trading.leave();
  }

  @Override
  public void end() {
    trading.end();
  }

  /** Remembers the last lines that are written. */
  private static final class Lines extends OutputStream {
    private static final int MAX_LINES = 200;
    private static final String PREFIX = "market: ";

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<Deal> deals = new ArrayDeque<>();
    private long number;

    @Override
    public synchronized void write(int b) {
      if (b != '\n') {
        line.write(b);
        return;
      }
      String text = line.toString(StandardCharsets.UTF_8).strip();
      line.reset();
      if (text.startsWith(PREFIX)) {
        deals.addFirst(
            new Deal(
                ++number,
                System.currentTimeMillis(),
                "market",
                "",
                text.substring(PREFIX.length())));
        if (deals.size() > MAX_LINES) {
          deals.removeLast();
        }
      }
    }

    synchronized List<Deal> deals() {
      return List.copyOf(deals);
    }
  }
}
