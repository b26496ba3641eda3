package sluice.market.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.PayAsBid;
import sluice.market.auction.PostedPrice;
import sluice.market.auction.ProportionalShare;
import sluice.market.auction.UniformPrice;

/**
 * The experiments of docs/market-experiments.md: writes plots and tables there. Started by
 * bench/market only. {@code sluice.market.docs} is the folder.
 */
@EnabledIfSystemProperty(named = "sluice.market.docs", matches = ".+")
class MarketExperiments {
  private static final int SEEDS = Integer.getInteger("sluice.market.seeds", 30);
  private static final int SLOTS = 8;
  private static final int HALF = 500;
  private static final Path FOLDER =
      Path.of(System.getProperty("sluice.market.docs", "target/market-experiments"));
  private static final Map<String, AuctionPolicy> POLICIES = new LinkedHashMap<>();

  /** What sellers have where nothing else is said. */
  private static final AuctionPolicy USUAL = new PayAsBid();

  static {
    POLICIES.put("uniform price", new UniformPrice());
    POLICIES.put("pay as bid", new PayAsBid());
    POLICIES.put("proportional share", new ProportionalShare());
    POLICIES.put("posted price", new PostedPrice());
  }

  private final StringBuilder tables = new StringBuilder();

  private static Spread over(ToDoubleFunction<Long> run) {
    List<Double> values = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      double value = run.applyAsDouble(seed);
      if (!Double.isNaN(value)) {
        values.add(value);
      }
    }
    return Spread.of(values);
  }

  private static Seller.Setup setup(AuctionPolicy policy, int freePermille) {
    return new Seller.Setup(policy, SLOTS, freePermille, Seller.Lie.NONE, false);
  }

  @Test
  void all() throws IOException {
    Files.createDirectories(FOLDER);
    freeShare();
    adoption();
    withholding();
    lying();
    Files.writeString(FOLDER.resolve("tables.md"), tables.toString().strip() + "\n");
  }

  /** Times of each kind by the share that is never sold. */
  private void freeShare() throws IOException {
    row("free share", "payers (s)", "non-payers (s)", "legacy (s)", "non-payers against control");
    row("---", "---:", "---:", "---:", "---:");
    List<Plot.Group> groups = new ArrayList<>();
    for (int free : new int[] {1_000, 750, 500, 250, 0}) {
      List<Spread> bars = new ArrayList<>();
      for (Buyer.Kind kind : Buyer.Kind.values()) {
        bars.add(over(seed -> new Crowd(setup(USUAL, free), 25, seed).medianSeconds(kind)));
      }
      Spread slower = slowdown(free, 25);
      groups.add(new Plot.Group("φ = " + free / 1e3, bars));
      row(
          Double.toString(free / 1e3),
          bars.get(0).text(0),
          bars.get(1).text(0),
          bars.get(2).text(0),
          slower.text(1) + " %");
    }
    plot(
        "free-share.svg",
        "Median download time, a quarter pays, pay as bid",
        "seconds",
        List.of("payers", "non-payers", "legacy"),
        groups);
  }

  /** How much longer non-payers take than the same people where nothing is sold, in percent. */
  private static Spread slowdown(int free, int payers) {
    return over(seed -> {
      double control =
          new Crowd(setup(USUAL, 1_000), payers, seed).medianSeconds(Buyer.Kind.NON_PAYER);
      double paid = new Crowd(setup(USUAL, free), payers, seed).medianSeconds(Buyer.Kind.NON_PAYER);
      return 100 * (paid / control - 1);
    });
  }

  private void adoption() throws IOException {
    row("payers", "φ = 0.75", "φ = 0.5", "φ = 0.25", "φ = 0");
    row("---", "---:", "---:", "---:", "---:");
    List<Plot.Group> groups = new ArrayList<>();
    for (int payers : new int[] {5, 10, 25, 50, 75}) {
      List<Spread> bars = new ArrayList<>();
      for (int free : new int[] {750, 500, 250, 0}) {
        bars.add(slowdown(free, payers));
      }
      groups.add(new Plot.Group(payers + " % pay", bars));
      row(
          payers + " %",
          bars.get(0).text(1),
          bars.get(1).text(1),
          bars.get(2).text(1),
          bars.get(3).text(1));
    }
    plot(
        "adoption.svg",
        "Non-payers' median time against the control where nothing is sold",
        "%",
        List.of("φ = 0.75", "φ = 0.5", "φ = 0.25", "φ = 0"),
        groups);
  }

  private static double perMebibyte(Crowd crowd) {
    return (double) crowd.seller.revenueMicros * (1 << 20) / crowd.seller.soldBytes;
  }

  /** Revenue with fewer slots on the same uplink, against all eight, in percent. */
  private void withholding() throws IOException {
    row("policy", "bids", "micros a MiB", "efficiency", "6 slots", "4 slots", "2 slots");
    row("---", "---", "---:", "---:", "---:", "---:", "---:");
    List<Plot.Group> groups = new ArrayList<>();
    for (var policy : POLICIES.entrySet()) {
      for (boolean truthful : new boolean[] {true, false}) {
        List<Spread> bars = new ArrayList<>();
        for (int slots : new int[] {6, 4, 2}) {
          bars.add(
              over(seed -> {
                double honest = revenue(policy.getValue(), SLOTS, truthful, seed);
                double fewer = revenue(policy.getValue(), slots, truthful, seed);
                return 100 * (fewer / honest - 1);
              }));
        }
        Spread price = over(seed -> perMebibyte(crowd(policy.getValue(), SLOTS, truthful, seed)));
        Spread efficiency =
            over(seed -> {
              Seller seller = crowd(policy.getValue(), SLOTS, truthful, seed).seller;
              return 100 * seller.servedValue / seller.bestValue;
            });
        if (truthful) {
          groups.add(new Plot.Group(policy.getKey(), bars));
        }
        row(
            policy.getKey(),
            truthful ? "truthful" : "learning",
            price.text(0),
            efficiency.text(1) + " %",
            bars.get(0).text(1) + " %",
            bars.get(1).text(1) + " %",
            bars.get(2).text(1) + " %");
      }
    }
    plot(
        "withholding.svg",
        "Seller's gain an hour from offering fewer than 8 slots, truthful bids",
        "%",
        List.of("6 slots", "4 slots", "2 slots"),
        groups);
  }

  private static Crowd crowd(AuctionPolicy policy, int slots, boolean truthful, long seed) {
    return new Crowd(new Seller.Setup(policy, slots, HALF, Seller.Lie.NONE, truthful), 50, seed);
  }

  /** What is earned a second while anybody buys. */
  private static double revenue(AuctionPolicy policy, int slots, boolean truthful, long seed) {
    return perMebibyte(crowd(policy, slots, truthful, seed));
  }

  /** Revenue when each winner is asked for its own bid, against the rule, in percent. */
  private void lying() throws IOException {
    row("policy", "truthful bids", "learning bids", "can the buyer see it?");
    row("---", "---:", "---:", "---");
    List<Plot.Group> groups = new ArrayList<>();
    for (var policy : POLICIES.entrySet()) {
      List<Spread> bars = new ArrayList<>();
      for (boolean truthful : new boolean[] {true, false}) {
        bars.add(
            over(seed -> {
              double honest = perMebibyte(crowd(policy.getValue(), SLOTS, truthful, seed));
              Crowd lied =
                  new Crowd(
                      new Seller.Setup(policy.getValue(), SLOTS, HALF, Seller.Lie.PRICE, truthful),
                      50,
                      seed);
              return 100 * (perMebibyte(lied) / honest - 1);
            }));
      }
      groups.add(new Plot.Group(policy.getKey(), bars));
      row(
          policy.getKey(),
          bars.get(0).text(1) + " %",
          bars.get(1).text(1) + " %",
          seen(policy.getValue()));
    }
    plot(
        "lying.svg",
        "Seller's gain from asking each winner for its own bid",
        "%",
        List.of("truthful bids", "learning bids"),
        groups);
  }

  private static String seen(AuctionPolicy policy) {
    return switch (policy) {
      case UniformPrice p -> "no";
      case PayAsBid p -> "nothing to see: the rule asks for it";
      case ProportionalShare p -> "yes: it spends more a second than it offered";
      case PostedPrice p -> "yes: the floor is in the handshake";
    };
  }

  private void row(String... cells) {
    tables.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void plot(
      String file, String title, String unit, List<String> series, List<Plot.Group> groups)
      throws IOException {
    Files.writeString(FOLDER.resolve(file), Plot.bars(title, unit, series, groups));
    tables.append('\n');
  }
}
