package sluice.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import sluice.cli.market.MarketPlan;
import sluice.cli.market.MarketTrading;
import sluice.cli.purse.Coins;
import sluice.cli.purse.Places;
import sluice.cli.wiring.Trading;
import sluice.transport.TransportConfig;

/** Options of the bandwidth market. Its classes are loaded only when one of them is used. */
final class MarketOptions {
  private final OptionSpec pay =
      coins(
          "--pay",
          "PRICE",
          "Pay up to PRICE coins for each MiB to peers that sell their upload slots; needs"
              + " --budget and --ledger.");
  private final OptionSpec budget =
      coins("--budget", "AMOUNT", "Spend no more than AMOUNT coins in this run.");
  private final OptionSpec torrentBudget =
      coins("--torrent-budget", "AMOUNT", "Spend no more than AMOUNT coins for each torrent.");
  private final OptionSpec dayBudget =
      coins(
          "--day-budget",
          "AMOUNT",
          "Spend no more than AMOUNT coins within a day (UTC), what other runs with this wallet"
              + " have spent before included.");
  private final OptionSpec sell =
      Syntax.flag("--sell", "Sell a part of the upload slots to peers that pay; needs --ledger.");
  private final OptionSpec floor =
      coins("--floor", "PRICE", "Sell for no less than PRICE coins for each MiB.");
  private final OptionSpec auction =
      Syntax.option(
              MarketPlan.Auction.class,
              "--auction",
              "RULE",
              "How slots are sold: pay-as-bid (the highest bids, each its own price; the default),"
                  + " uniform (the highest bids, all at the highest that lost), posted (whoever"
                  + " comes first, at the floor).")
          .converters(MarketOptions::auction)
          .build();
  private final OptionSpec freeShare =
      Syntax.option(
              Integer.class,
              "--free-share",
              "PERCENT",
              "Never sell this part of the slots, 25 to 100 percent; 50 by default.")
          .converters(MarketOptions::permille)
          .build();
  private final OptionSpec ledger =
      Syntax.option(URI.class, "--ledger", "URL", "The hub that keeps the accounts.")
          .converters(MarketOptions::url)
          .build();
  private final OptionSpec wallet =
      Syntax.option(Path.class, "--wallet", "FILE", "The wallet; made by 'sluice wallet create'.")
          .converters(Converters::path)
          .build();
  private final OptionSpec password =
      Syntax.option(Path.class, "--password-file", "FILE", "Read the wallet's password from FILE.")
          .converters(Converters::path)
          .build();
  private final OptionSpec inPrivate =
      Syntax.flag("--market-in-private", "Pay and sell in private torrents, too.");

  private static OptionSpec coins(String name, String label, String description) {
    return Syntax.option(Long.class, name, label, description)
        .converters(MarketOptions::micros)
        .build();
  }

  private static Long micros(String text) {
    try {
      return Coins.micros(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static MarketPlan.Auction auction(String text) {
    for (MarketPlan.Auction auction : MarketPlan.Auction.values()) {
      if (auction.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return auction;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is no rule of an auction: pay-as-bid, uniform or posted");
  }

  private static Integer permille(String text) {
    if (!text.matches("2[5-9]|[3-9][0-9]|100")) {
      throw new TypeConversionException("'" + text + "' is no number from 25 to 100");
    }
    return 10 * Integer.parseInt(text);
  }

  private static URI url(String text) {
    if (!text.matches("https?://[^/?#]+/?")) {
      throw new TypeConversionException(
          "'" + text + "' is no address of a ledger, such as https://ledger.example.org");
    }
    return URI.create(text);
  }

  /** For a command that downloads. */
  void addBuying(CommandSpec command) {
    command.addOption(pay).addOption(budget).addOption(torrentBudget).addOption(dayBudget);
    addCommon(command);
  }

  /** For a command that seeds. */
  void addSelling(CommandSpec command) {
    command.addOption(sell).addOption(floor).addOption(auction).addOption(freeShare);
    addCommon(command);
  }

  private void addCommon(CommandSpec command) {
    command.addOption(ledger).addOption(wallet).addOption(password).addOption(inPrivate);
  }

  /** What they ask for; opens the wallet if something is. */
  Trading trading(CommandSpec command, PrintStream out, TransportConfig network)
      throws IOException, InterruptedException {
    @Nullable Long price = pay.getValue();
    @Nullable Long most = budget.getValue();
    @Nullable Long least = floor.getValue();
    @Nullable URI hub = ledger.getValue();
    boolean sells = Boolean.TRUE.equals(sell.getValue());
    if (price == null && !sells) {
      boolean limits = torrentBudget.getValue() != null || dayBudget.getValue() != null;
      boolean rules = auction.getValue() != null || freeShare.getValue() != null;
      if (most != null || limits || rules || least != null || hub != null) {
        throw wrong(
            command,
            "budgets, --floor, --auction, --free-share and --ledger are of no use without --pay or"
                + " --sell");
      }
      return Trading.NONE;
    }
    if (hub == null) {
      throw wrong(command, "name the ledger by --ledger URL");
    }
    if (price != null && (most == null || price == 0)) {
      throw wrong(command, "--pay needs a price above 0, and --budget AMOUNT");
    }
    @Nullable Path file = wallet.getValue();
    Optional<MarketPlan.Purchase> purchase =
        price == null || most == null
            ? Optional.empty()
            : Optional.of(
                new MarketPlan.Purchase(price, most, limit(torrentBudget), limit(dayBudget)));
    MarketPlan plan =
        new MarketPlan(
            hub,
            file == null ? Places.wallet() : file,
            Optional.ofNullable(password.getValue()),
            Optional.empty(),
            purchase,
            sells ? Optional.of(sale(least == null ? 0L : least)) : Optional.empty(),
            inPrivate.<Boolean>getValue());
    return MarketTrading.open(plan, network, out);
  }

  private MarketPlan.Sale sale(long floorMicros) {
    MarketPlan.@Nullable Auction rule = auction.getValue();
    @Nullable Integer kept = freeShare.getValue();
    MarketPlan.Sale usual = MarketPlan.Sale.at(floorMicros);
    return new MarketPlan.Sale(
        true,
        floorMicros,
        rule == null ? usual.auction() : rule,
        kept == null ? usual.freePermille() : kept);
  }

  private static long limit(OptionSpec option) {
    @Nullable Long micros = option.getValue();
    return micros == null ? Long.MAX_VALUE : micros;
  }

  private static ParameterException wrong(CommandSpec command, String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
