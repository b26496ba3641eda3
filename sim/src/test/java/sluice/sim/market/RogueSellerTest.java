package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.market.money.Price;
import sluice.market.trade.MarketEvent;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.FaultCode;
import sluice.sim.disk.SimDisk;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.EnginePeer;
import sluice.sim.scenario.SimHost;
import sluice.sim.scenario.SimTorrent;
import sluice.sim.scenario.WirePeer;

/**
 * Sellers that cheat a production payer over the simulated network. Whatever they do, no more was
 * promised than what turned out right, and one piece; {@link Meter} looks at each promise.
 */
class RogueSellerTest {
  private static final int PIECE = 1 << 18;
  private static final long MIB = 1 << 20;

  private final Bazaar bazaar =
      new Bazaar(
          21, SimTorrent.v1(21, PIECE, 8 * MIB), LinkProfile.home().rates(1_000_000, 0), false);

  private final List<RogueSeller> sellers = new ArrayList<>();
  private EnginePeer payer;
  private WirePeer rogue;

  private void begin(RogueSeller.Trick trick) {
    payer = bazaar.payer();
    bazaar.meter.limitsSeller = false;
    bazaar.swarm.start().runFor(Duration.ofSeconds(1));
    SimHost host =
        bazaar.swarm.host("rogue", LinkProfile.home().rates(1_000_000, 0), SimDisk.fast());
    rogue =
        new WirePeer(
            host,
            bazaar.swarm.torrent(),
            wire -> {
              RogueSeller seller = new RogueSeller(wire, bazaar.bank, trick);
              sellers.add(seller);
              return seller;
            });
    rogue.dial(payer.endpoint());
  }

  private void end() {
    bazaar.swarm.finish();
    assertThat(bazaar.bank.promised()).isLessThanOrEqualTo(bazaar.meter.verifiedBytes + PIECE);
  }

  private void trade(RogueSeller.Trick trick) {
    begin(trick);
    bazaar.swarm.runFor(Duration.ofSeconds(60));
    end();
  }

  /** One that keeps back a block of each piece, and is paid in small parts. */
  private static RogueSeller.Trick unfinished() {
    return new RogueSeller.Trick() {
      private long blocks;

      @Override
      public Optional<byte[]> block(byte[] right, long served) {
        return ++blocks % 16 == 5 ? Optional.empty() : Optional.of(right);
      }

      @Override
      public long window() {
        return 1 << 14;
      }
    };
  }

  /** What came on earlier connections is remembered. */
  @Test
  void whoLeavesAndComesAgainIsPaidForOnePieceInAll() {
    begin(unfinished());
    for (int i = 0; i < 20; i++) {
      bazaar.swarm.runFor(Duration.ofSeconds(6));
      sellers.getLast().leave();
      bazaar.swarm.runFor(Duration.ofMillis(200));
      rogue.dial(payer.endpoint());
    }
    assertThat(sellers).hasSizeGreaterThan(15);
    assertThat(bazaar.bank.promised()).isPositive();
    end();
  }

  private boolean ended(PayMessage.End reason) {
    return bazaar.bought.stream()
        .anyMatch(e -> e instanceof MarketEvent.Ended ended && ended.reason() == reason);
  }

  @Test
  void whoDeliversIsPaid() {
    trade(new RogueSeller.Trick() {});
    assertThat(bazaar.meter.verifiedBytes).isGreaterThan(7 * MIB);
    assertThat(bazaar.bank.promised()).isEqualTo(bazaar.meter.chargedBytes);
    assertThat(bazaar.bank.settle()).isEqualTo(bazaar.meter.chargedBytes);
  }

  @Test
  void badDataCostOnePiece() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public Optional<byte[]> block(byte[] right, long served) {
            return Optional.of(served < 3 * MIB ? right : RogueSeller.Trick.wrong(right));
          }
        });
    assertThat(bazaar.meter.verifiedBytes).isGreaterThan(2 * MIB);
    assertThat(ended(PayMessage.End.BAD_DATA)).isTrue();
  }

  @Test
  void whatIsNeverVerifiedCostsOnePiece() {
    trade(unfinished());
    assertThat(bazaar.meter.chargedBytes).isGreaterThan(PIECE);
    assertThat(bazaar.bank.promised() - bazaar.meter.verifiedBytes).isLessThanOrEqualTo(PIECE);
  }

  @Test
  void whoDeliversNothingGetsNothing() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public Optional<byte[]> block(byte[] right, long served) {
            return Optional.empty();
          }
        });
    assertThat(bazaar.bank.promised()).isZero();
  }

  @Test
  void whoStopsDeliveringIsLeft() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public Optional<byte[]> block(byte[] right, long served) {
            return served < 2 * MIB ? Optional.of(right) : Optional.empty();
          }
        });
    assertThat(bazaar.meter.chargedBytes).isBetween(MIB, 2 * MIB);
    assertThat(ended(PayMessage.End.TIMEOUT)).isTrue();
  }

  /** Asks for all of the deposit at once, and for a block before each block. */
  @Test
  void whatIsDemandedIsNotPaidUnlessItIsOwed() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public long window() {
            return 0;
          }

          @Override
          public Optional<PayMessage> demand(PayMessage.Open open) {
            return Optional.of(
                new PayMessage.Need(open.cert().channel(), Long.MAX_VALUE, Long.MAX_VALUE, 5_000));
          }

          @Override
          public Optional<byte[]> block(byte[] right, long served) {
            return served < MIB ? Optional.of(right) : Optional.empty();
          }
        });
    assertThat(bazaar.bank.promised()).isLessThanOrEqualTo(MIB + PIECE);
  }

  @Test
  void aPriceAboveTheBidIsNotPaid() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public Price price(PayMessage.Bid bid) {
            return new Price(bid.most().perMebibyte() + 1);
          }
        });
    assertThat(bazaar.bank.channels()).isEmpty();
    assertThat(bazaar.bought)
        .anyMatch(e ->
            e instanceof MarketEvent.Refused(var who, var why)
                && why.contains(FaultCode.PRICE_ABOVE_BID.name()));
  }

  @Test
  void whoTakesNoChannelGetsNothing() {
    trade(
        new RogueSeller.Trick() {
          @Override
          public boolean acknowledges() {
            return false;
          }
        });
    assertThat(bazaar.bank.promised()).isZero();
  }

  /** One that ends each award after {@code bytes}. */
  private static RogueSeller.Trick ending(long bytes) {
    return new RogueSeller.Trick() {
      @Override
      public long endsAfter() {
        return bytes;
      }
    };
  }

  @Test
  void whoEndsAnAwardAndSellsAnewIsBoughtOfAgain() {
    trade(ending(4 * PIECE));
    assertThat(sellers.getLast().sold()).as(bazaar.bought.toString()).isGreaterThanOrEqualTo(5);
    assertThat(bazaar.meter.verifiedBytes).isGreaterThan(5 * MIB);
    assertThat(bazaar.bank.promised()).isEqualTo(bazaar.meter.chargedBytes);
  }

  /** Half of a piece is paid and not verified: with that, no other could be paid up to its end. */
  @Test
  void whoEndsAnAwardInTheMidstOfAPieceIsNotBoughtOfUntilThatIsVerified() {
    trade(ending(3 * PIECE + PIECE / 2));
    assertThat(sellers.getLast().sold()).as(bazaar.bought.toString()).isEqualTo(1);
    assertThat(bazaar.bank.promised() - bazaar.meter.verifiedBytes).isEqualTo(PIECE / 2);
  }
}
