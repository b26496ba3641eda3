package sluice.sim.market;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.peer.PeerExtension;
import sluice.market.trade.BuyTerms;
import sluice.market.trade.Buying;
import sluice.market.trade.Market;
import sluice.market.trade.MarketEvent;
import sluice.market.trade.SellTerms;
import sluice.market.trade.Selling;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.EnginePeer;
import sluice.sim.scenario.SimHost;
import sluice.sim.scenario.SimTorrent;
import sluice.sim.scenario.Swarm;
import sluice.sim.world.Chance;

/** A seed that sells and a leech that pays, with production engines over the simulated network. */
final class Bazaar {
  static final long UNIX = 1_700_000_000L;
  static final long WINDOW = SellTerms.WINDOW_BYTES;
  static final long BUDGET = 1L << 40;
  private static final Duration DOWN = Duration.ofSeconds(3);

  final Swarm swarm;
  final SimBank bank = new SimBank(BUDGET, UNIX);
  final Meter meter;
  final Steps sellerSteps = new Steps();
  final Steps payerSteps = new Steps();
  final List<MarketEvent> sold = new ArrayList<>();
  final List<MarketEvent> bought = new ArrayList<>();
  private final LinkProfile line;

  /** The largest window that the seller grants. */
  long windowBytes = WINDOW;

  /** What the seller never sells. */
  int freePermille = SellTerms.FREE_PERMILLE;

  /** What is risked by the payer is a block where blocks are verified, else a piece. */
  Bazaar(long seed, SimTorrent torrent, LinkProfile line, boolean byBlock) {
    this.line = line;
    swarm = new Swarm(seed, torrent);
    meter = new Meter(bank, WINDOW, byBlock ? 16_384 : torrent.layout().pieceLength());
  }

  EnginePeer seller(SimVolume volume) {
    return seller(line, volume, EnginePeer.Options.DEFAULT);
  }

  EnginePeer seller(LinkProfile at, SimVolume volume, EnginePeer.Options options) {
    return swarm.peer("seller", at, volume, options.speaking(this::sellingMarket));
  }

  EnginePeer seller() {
    return seller(SimVolume.full(swarm.torrent().truth()));
  }

  EnginePeer payer() {
    return swarm.peer(
        "payer",
        line,
        SimVolume.empty(swarm.torrent().truth()),
        EnginePeer.Options.DEFAULT.speaking(this::payingMarket));
  }

  List<PeerExtension> sellingMarket(SimHost host) {
    SellTerms usual = SellTerms.of(SimBank.ALIAS, SimBank.PRICE);
    SellTerms terms =
        new SellTerms(usual.alias(), usual.floor(), windowBytes, freePermille, usual.policy());
    return List.of(
        market(
            host,
            Optional.of(new Selling(terms, new SimTill(host.loop(), bank, sellerSteps))),
            Optional.empty(),
            sold,
            sellerSteps));
  }

  private List<PeerExtension> payingMarket(SimHost host) {
    SimPurse purse = new SimPurse(host.loop(), bank, payerSteps, meter::promised);
    return List.of(
        meter.beside(
            market(
                host,
                Optional.empty(),
                Optional.of(new Buying(new BuyTerms(SimBank.PRICE, BUDGET), purse)),
                bought,
                payerSteps)));
  }

  private Market market(
      SimHost host,
      Optional<Selling> selling,
      Optional<Buying> buying,
      List<MarketEvent> told,
      Steps steps) {
    Chance chance = swarm.world().chance("market/" + host.setup().name() + told.size());
    return Market.of(
        host.loop(),
        chance,
        bank.terms,
        selling,
        buying,
        false,
        () -> UNIX + swarm.world().now() / 1_000_000_000L,
        event -> {
          told.add(event);
          if (event instanceof MarketEvent.Bought begun) {
            meter.bought(begun.neighbour());
          } else if (event instanceof MarketEvent.Ended ended && !ended.weSold()) {
            meter.ended(ended.neighbour());
          }
          steps.step();
        });
  }

  /** Kills a process at one of its steps, and starts it again a little later. */
  void killAt(Steps steps, long number, EnginePeer victim, boolean silent) {
    steps.at(
        number,
        () ->
            swarm
                .world()
                .schedule(
                    0,
                    "kill",
                    () -> {
                      victim.crash(silent);
                      swarm.world().schedule(DOWN.toNanos(), "restart", victim::restart);
                    }));
  }

  /** The most that the payee ever said to be owed at the end of an award. */
  long mostUnpaid() {
    return sold.stream()
        .filter(MarketEvent.Ended.class::isInstance)
        .mapToLong(e -> ((MarketEvent.Ended) e).unpaidMicros())
        .max()
        .orElse(0);
  }

  long lost() {
    return sold.stream()
        .filter(MarketEvent.Lost.class::isInstance)
        .mapToLong(e -> ((MarketEvent.Lost) e).micros())
        .sum();
  }
}
