package sluice.market.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import sluice.engine.choke.ChokeResult;
import sluice.engine.choke.PaidSlots;
import sluice.engine.choke.SeedRoundRobin;
import sluice.engine.choke.Standing;
import sluice.engine.port.Entropy;
import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.Offer;
import sluice.market.auction.ProportionalShare;
import sluice.market.auction.Sale;
import sluice.market.auction.Stall;
import sluice.market.money.Price;

/**
 * A seed that sells, round by round: the auctions, the bidder and the choke policy are those of the
 * program, the transfer is arithmetic. Its uplink is divided among the slots, none of which takes
 * more than a downlink.
 */
final class Seller {
  static final int ROUND_SECONDS = 10;
  static final Price FLOOR = new Price(100);
  static final long UPLINK = 1 << 20;
  static final long DOWNLINK = 512 << 10;
  private static final long ROUND_NANOS = ROUND_SECONDS * 1_000_000_000L;
  private static final long SHARE_BYTES = 4 << 20;

  /** What the seller does that it should not. */
  enum Lie {
    NONE,
    /** It asks all winners for the most that they would not notice. */
    PRICE
  }

  /**
   * How it sells.
   *
   * @param slots upload slots in all
   * @param freePermille never sold; below 250 is out of what the program allows
   * @param isTruthful buyers bid what it is worth to them, and do not learn
   */
  record Setup(AuctionPolicy policy, int slots, int freePermille, Lie lie, boolean isTruthful) {}

  private final Setup setup;
  private final SeedRoundRobin free = new SeedRoundRobin(SHARE_BYTES);
  private final Entropy chance;
  private int round;
  long revenueMicros;
  long soldBytes;
  double servedValue;
  double bestValue;

  Seller(Setup setup, long seed) {
    this.setup = setup;
    chance = new Dice(new SplittableRandom(seed));
  }

  private record Dice(SplittableRandom random) implements Entropy {
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

  int forSale() {
    return setup.freePermille() >= PaidSlots.MIN_FREE_PERMILLE
        ? new PaidSlots(free, 0, setup.freePermille()).forSale(setup.slots())
        : setup.slots();
  }

  /** One choke round. */
  void round(List<Buyer> all) {
    List<Buyer> here = all.stream().filter(b -> b.isHere(round)).toList();
    Map<Integer, Sale> sales = auction(here);
    ChokeResult result = decide(here, sales);
    send(here, result, sales);
    round++;
  }

  private Map<Integer, Sale> auction(List<Buyer> here) {
    List<Buyer> bidders = here.stream().filter(b -> b.kind == Buyer.Kind.PAYER).toList();
    Map<Integer, Sale> sales = new HashMap<>();
    if (forSale() == 0 || bidders.isEmpty()) {
      return sales;
    }
    long soldUplink = UPLINK * forSale() / setup.slots();
    List<Offer> offers = new ArrayList<>();
    for (Buyer b : bidders) {
      Price bid = setup.isTruthful() ? b.value : b.bidder.bid(FLOOR);
      long micros = new Price(bid.perMebibyte()).due(soldUplink / bidders.size());
      long waited = b.heldRounds < 0 ? b.stateRounds * ROUND_NANOS : 0;
      offers.add(
          new Offer(
              b.key,
              bid,
              micros,
              b.key,
              b.key,
              waited,
              b.heldRounds < 0 ? -1 : b.heldRounds * ROUND_NANOS));
    }
    // Whoever shares by spending serves all bidders, at most as many as there are slots.
    for (Sale sale : setup.policy().sell(offers, new Stall(forSale(), FLOOR, soldUplink))) {
      Offer offer = offers.stream().filter(o -> o.key() == sale.key()).findFirst().orElseThrow();
      boolean lies = setup.lie() == Lie.PRICE;
      sales.put(sale.key(), lies ? new Sale(sale.key(), offer.most(), sale.share()) : sale);
    }
    for (Buyer b : bidders) {
      Sale sale = sales.get(b.key);
      b.heldRounds = sale == null ? -1 : b.heldRounds + 1;
      if (sale == null) {
        b.bidder.lost();
      } else {
        b.bidder.won(sale.price());
      }
    }
    return sales;
  }

  private ChokeResult decide(List<Buyer> here, Map<Integer, Sale> sales) {
    List<Standing> peers = new ArrayList<>();
    for (Buyer b : here) {
      Sale sale = sales.get(b.key);
      double weight = sale == null ? 0 : 1 + sale.price().perMebibyte();
      peers.add(
          new Standing(
              b.key,
              true,
              b.unchoked,
              b.optimistic,
              false,
              false,
              false,
              false,
              false,
              0,
              0,
              0,
              b.stateRounds * ROUND_NANOS,
              b.sentInTurn,
              Crowd.FILE_BYTES - b.leftBytes,
              b.key,
              weight));
    }
    if (setup.freePermille() >= PaidSlots.MIN_FREE_PERMILLE) {
      return new PaidSlots(free, 0, setup.freePermille())
          .decide(peers, setup.slots(), round, chance);
    }
    List<Standing> payers =
        peers.stream().filter(p -> p.weight() > 0).limit(setup.slots()).toList();
    List<Standing> others = peers.stream().filter(p -> !payers.contains(p)).toList();
    List<Integer> keys = new ArrayList<>(payers.stream().map(Standing::key).toList());
    ChokeResult rest = free.decide(others, setup.slots() - keys.size(), round, chance);
    keys.addAll(rest.unchoked());
    return new ChokeResult(keys, rest.optimistic());
  }

  private void send(List<Buyer> here, ChokeResult result, Map<Integer, Sale> sales) {
    boolean shares = setup.policy() instanceof ProportionalShare;
    long buying = result.unchoked().stream().filter(sales::containsKey).count();
    Rates rates = Rates.of(setup.freePermille(), buying, result.unchoked().size() - buying);
    List<Double> values = new ArrayList<>();
    for (Buyer b : here) {
      boolean on = result.unchoked().contains(b.key);
      if (on != b.unchoked) {
        b.stateRounds = 0;
        b.sentInTurn = 0;
      }
      b.unchoked = on;
      b.optimistic = result.optimistic().orElse(-1) == b.key;
      b.stateRounds++;
      Sale sale = sales.get(b.key);
      long rate = sale == null ? rates.free() : rates.paid();
      if (sale != null && shares) {
        rate = Math.min(DOWNLINK, buying * rates.paid() * sale.share() / Sale.WHOLE);
      }
      long bytes = on ? Math.min(b.leftBytes, rate * ROUND_SECONDS) : 0;
      b.leftBytes -= bytes;
      b.sentInTurn += bytes;
      if (b.kind == Buyer.Kind.PAYER) {
        values.add((double) b.value.perMebibyte());
      }
      if (sale != null) {
        long due = sale.price().due(bytes);
        b.spentMicros += due;
        revenueMicros += due;
        soldBytes += bytes;
        servedValue += b.value.perMebibyte();
      }
      if (b.leftBytes == 0) {
        b.endRound = round + 1;
      }
    }
    values.sort((a, c) -> Double.compare(c, a));
    bestValue += values.stream().limit(sales.size()).mapToDouble(v -> v).sum();
  }
}
