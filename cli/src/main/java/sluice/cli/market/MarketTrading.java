package sluice.cli.market;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.purse.KeyFiles;
import sluice.cli.purse.Passwords;
import sluice.cli.wiring.Trading;
import sluice.engine.peer.PeerExtension;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.ledger.client.HubCarrier;
import sluice.ledger.client.HubException;
import sluice.ledger.purse.Trader;
import sluice.market.money.Price;
import sluice.market.sign.PayKey;
import sluice.market.trade.BuyTerms;
import sluice.market.trade.Buying;
import sluice.market.trade.Market;
import sluice.market.trade.Selling;
import sluice.transport.TransportConfig;

/** A session that trades. */
public final class MarketTrading implements Trading {
  private static final long LEAVE_SECONDS = 10;

  private final MarketPlan plan;
  private final Trader trader;
  private final MarketSums sums;
  private volatile Optional<Market> market = Optional.empty();

  private MarketTrading(MarketPlan plan, Trader trader, PrintStream out) {
    this.plan = plan;
    this.trader = trader;
    this.sums = new MarketSums(out);
  }

  /** Opens the wallet, and asks the hub in the way that {@code network} leaves. */
  public static MarketTrading open(MarketPlan plan, TransportConfig network, PrintStream out)
      throws IOException, InterruptedException {
    PayKey key = KeyFiles.open(plan.wallet(), Passwords.of(Passwords.WALLET), plan.password());
    return open(plan, HubWay.of(network), key, Path.of(plan.wallet() + ".channels"), out);
  }

  /** The same with a key that is open, and a file for its channels. */
  public static MarketTrading open(MarketPlan plan, PayKey key, Path journal, PrintStream out)
      throws IOException, InterruptedException {
    return open(plan, HubCarrier.direct(), key, journal, out);
  }

  private static MarketTrading open(
      MarketPlan plan, HubCarrier way, PayKey key, Path journal, PrintStream out)
      throws IOException, InterruptedException {
    try {
      return new MarketTrading(plan, Trader.open(plan.hub(), way, key, plan.asset(), journal), out);
    } catch (HubException | IOException e) {
      throw new Problem(
          ExitCode.FAILED, "the ledger at " + plan.hub() + " cannot be used: " + e.getMessage());
    }
  }

  @Override
  public List<PeerExtension> extensions(Loop loop) {
    Market made =
        Market.of(
            loop,
            new Chance(),
            trader.terms(),
            plan.sell().map(sale -> new Selling(sale.terms(trader.alias()), trader.till(loop))),
            plan.buy().map(buy -> new Buying(terms(buy), trader.purse(loop))),
            plan.inPrivate(),
            () -> System.currentTimeMillis() / 1_000,
            sums::on);
    market = Optional.of(made);
    plan.sell().filter(sale -> !sale.isOpen()).ifPresent(this::sell);
    return List.of(made);
  }

  /** Buys on other terms from here on, if it buys at all. */
  public void buy(MarketPlan.Purchase purchase) {
    market.ifPresent(open -> open.buy(terms(purchase)));
  }

  /** Sells on other terms from here on, if it sells at all: its floor, and whether it does. */
  public void sell(MarketPlan.Sale sale) {
    market.ifPresent(open -> open.sell(sale.isOpen(), new Price(sale.floorMicros())));
  }

  private BuyTerms terms(MarketPlan.Purchase purchase) {
    return new BuyTerms(
        new Price(purchase.priceMicros()),
        purchase.budgetMicros(),
        purchase.torrentMicros(),
        trader.daily(purchase.dayMicros()));
  }

  /** What has happened so far. */
  public MarketSums sums() {
    return sums;
  }

  /** The member of the hub. */
  public Trader trader() {
    return trader;
  }

  @Override
  public void leave() {
    market.ifPresent(open -> {
      CompletableFuture<Void> left = open.leave().toCompletableFuture();
      left.completeOnTimeout(null, LEAVE_SECONDS, TimeUnit.SECONDS).join();
    });
  }

  @Override
  public void end() {
    trader.settle();
    trader.close();
    sums.total(plan.buy().isPresent(), plan.sell().isPresent());
  }

  private static final class Chance implements Entropy {
    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
      return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
      return random.nextInt(bound);
    }

    @Override
    public void fill(byte[] bytes) {
      random.nextBytes(bytes);
    }
  }
}
