package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.market.trade.MarketEvent;
import sluice.market.wire.PayMessage;
import sluice.protocol.metainfo.MetainfoBuilder.Version;
import sluice.sim.disk.SimVolume;
import sluice.sim.net.LinkProfile;
import sluice.sim.scenario.EnginePeer;
import sluice.sim.scenario.SimTorrent;

/**
 * Payer and seller over lines that lose and delay, and with processes that die at any step: the
 * seller never has given more than one window that is not paid, the payer never promised more than
 * one piece (v1) or one block (v2) that is not verified, and the books balance. {@code
 * sluice.sim.stride} is 1 for a death at each single step.
 */
class TradeScenarioTest {
  private static final int STRIDE = Integer.getInteger("sluice.sim.stride", 41);
  private static final int PIECE = 1 << 18;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private static boolean byBlock(Version version) {
    return version != Version.V1;
  }

  private static Bazaar bazaar(long seed, Version version, long bytes, LinkProfile line) {
    return new Bazaar(seed, SimTorrent.of(version, seed, PIECE, bytes), line, byBlock(version));
  }

  private static LinkProfile slow() {
    return LinkProfile.home().rates(1_000_000, 8_000_000);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsVerifiedIsPaidToTheLastUnit(Version version) {
    Bazaar bazaar = bazaar(1, version, 12 << 20, slow());
    bazaar.seller();
    EnginePeer payer = bazaar.payer();
    bazaar.swarm.start().complete(LIMIT);
    bazaar.swarm.runFor(Duration.ofSeconds(40)); // what is owed is paid, and redeemed
    assertThat(payer.volume().isTrue()).isTrue();
    assertThat(bazaar.meter.chargedBytes).isGreaterThan(10L << 20);
    assertThat(bazaar.meter.verifiedBytes).isEqualTo(bazaar.meter.chargedBytes);
    assertThat(bazaar.bank.promised()).isEqualTo(bazaar.meter.chargedBytes);
    assertThat(bazaar.bank.settle()).isEqualTo(bazaar.bank.promised());
    assertThat(bazaar.lost()).isZero();
    assertThat(bazaar.mostUnpaid()).isLessThanOrEqualTo(Bazaar.WINDOW);
    bazaar.swarm.finish();
  }

  /** 120 ms and 2 % loss on both lines. */
  @ParameterizedTest
  @EnumSource
  void poorLinesChangeNothing(Version version) {
    Bazaar bazaar = bazaar(2, version, 3 << 20, LinkProfile.poor().rates(200_000, 400_000));
    bazaar.seller();
    bazaar.payer();
    bazaar.swarm.start().complete(LIMIT);
    bazaar.swarm.runFor(Duration.ofSeconds(40));
    assertThat(bazaar.meter.chargedBytes).isGreaterThan(1L << 20);
    assertThat(bazaar.bank.promised()).isEqualTo(bazaar.meter.chargedBytes);
    assertThat(bazaar.bank.settle()).isEqualTo(bazaar.bank.promised());
    assertThat(bazaar.lost()).isZero();
    bazaar.swarm.finish();
  }

  private static long steps(Version version, boolean ofSeller) {
    Bazaar bazaar = bazaar(3, version, 4 << 20, slow());
    bazaar.seller();
    bazaar.payer();
    bazaar.swarm.start().complete(LIMIT);
    return (ofSeller ? bazaar.sellerSteps : bazaar.payerSteps).count();
  }

  private static void die(Version version, boolean ofSeller, long step) {
    Bazaar bazaar = bazaar(3, version, 4 << 20, slow());
    EnginePeer seller = bazaar.seller();
    EnginePeer payer = bazaar.payer();
    bazaar.killAt(
        ofSeller ? bazaar.sellerSteps : bazaar.payerSteps,
        step,
        ofSeller ? seller : payer,
        step % 2 == 0);
    bazaar.swarm.start().complete(LIMIT);
    bazaar.swarm.runFor(Duration.ofSeconds(90));
    String what = (ofSeller ? "seller" : "payer") + " dies at step " + step;
    long earned = bazaar.bank.settle();
    assertThat(payer.volume().isTrue()).as(what).isTrue();
    assertThat(bazaar.mostUnpaid()).as(what).isLessThanOrEqualTo(Bazaar.WINDOW);
    assertThat(bazaar.lost()).as(what).isLessThanOrEqualTo(Bazaar.WINDOW);
    assertThat(earned).as(what).isEqualTo(bazaar.bank.taken());
    assertThat(bazaar.meter.chargedBytes - earned).as(what).isLessThanOrEqualTo(Bazaar.WINDOW);
    assertThat(bazaar.bank.promised()).as(what).isGreaterThanOrEqualTo(earned);
    bazaar.swarm.finish();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoeverDiesAtWhateverStepTheLossIsSmall(boolean ofSeller) {
    long deaths = 0;
    for (Version version : new Version[] {Version.V1, Version.V2}) {
      long steps = steps(version, ofSeller);
      assertThat(steps).isGreaterThan(20);
      for (long step = 1; step <= steps; step += STRIDE) {
        die(version, ofSeller, step);
        deaths++;
      }
    }
    assertThat(deaths).isPositive();
    System.out.println(deaths + " deaths of the " + (ofSeller ? "seller" : "payer"));
  }

  /**
   * A seller whose disk has rotted: it sends what it believes to be right. Where blocks are
   * verified it cannot prove theirs, so that nothing is paid until it gives up.
   */
  @ParameterizedTest
  @EnumSource
  void badDataCostOnePieceOrOneBlock(Version version) {
    Bazaar bazaar = bazaar(5, version, 8 << 20, slow());
    SimVolume volume = SimVolume.full(bazaar.swarm.torrent().truth());
    for (int piece = 0; piece < bazaar.swarm.torrent().layout().pieceCount(); piece += 2) {
      volume.lie(piece);
    }
    bazaar.seller(volume);
    bazaar.payer();
    bazaar.swarm.start().runFor(Duration.ofSeconds(60));
    long paidForNothing = bazaar.bank.promised() - bazaar.meter.verifiedBytes;
    assertThat(bazaar.meter.chargedBytes).isPositive();
    assertThat(paidForNothing).isLessThanOrEqualTo(byBlock(version) ? 16_384 : PIECE);
    assertThat(bazaar.bought)
        .anyMatch(e ->
            e instanceof MarketEvent.Ended ended
                && (ended.reason() == PayMessage.End.BAD_DATA
                    || byBlock(version) && ended.reason() == PayMessage.End.TIMEOUT));
    bazaar.swarm.finish();
  }

  /** Who dies again and again is served on, and costs one window at the most each time. */
  @Test
  void aPayerThatDiesOftenIsNoBargain() {
    Bazaar bazaar = bazaar(6, Version.V1, 16 << 20, slow());
    bazaar.seller();
    EnginePeer payer = bazaar.payer();
    bazaar.swarm.start();
    int deaths = 0;
    while (!payer.isComplete()) {
      bazaar.swarm.runFor(Duration.ofSeconds(4));
      if (payer.isRunning() && !payer.isComplete() && deaths < 4) {
        deaths++;
        payer.crash(false);
        payer.restart();
      }
    }
    assertThat(deaths).isGreaterThan(2);
    assertThat(bazaar.meter.chargedBytes - bazaar.bank.settle()).isLessThanOrEqualTo(Bazaar.WINDOW);
    bazaar.swarm.finish();
  }
}
