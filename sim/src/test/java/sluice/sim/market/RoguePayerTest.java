package sluice.sim.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PayKey;
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
 * Payers that cheat a production seller over the simulated network. What they get and do not pay is
 * bounded: one block for who has never paid, one window for who has, however long they try.
 */
class RoguePayerTest {
  private static final long BLOCK = 16_384;
  private static final long MIB = 1 << 20;
  private static final Duration TIME = Duration.ofSeconds(45);
  private static final PayKey STRANGER = SimBank.key(66);

  private final Bazaar bazaar =
      new Bazaar(
          11,
          SimTorrent.v1(11, 1 << 18, 8 * MIB),
          LinkProfile.home().rates(1_000_000, 8_000_000),
          false);
  private final List<RoguePayer> payers = new ArrayList<>();
  private EnginePeer seller;
  private WirePeer rogue;

  /** One that pays in its own way. */
  private static RoguePayer.Trick paying(
      BiFunction<PayMessage.Pay, RoguePayer, List<PayMessage>> way) {
    return new RoguePayer.Trick() {
      @Override
      public List<PayMessage> pay(PayMessage.Pay honest, RoguePayer by) {
        return way.apply(honest, by);
      }
    };
  }

  private void begin(RoguePayer.Trick trick) {
    seller = bazaar.seller();
    bazaar.swarm.start().runFor(Duration.ofSeconds(1));
    rogue = rogue(bazaar.swarm.host("rogue", LinkProfile.home(), SimDisk.fast()), trick);
    rogue.dial(seller.endpoint());
  }

  private WirePeer rogue(SimHost host, RoguePayer.Trick trick) {
    return new WirePeer(
        host,
        bazaar.swarm.torrent(),
        wire -> {
          RoguePayer payer = new RoguePayer(wire, bazaar.bank, trick);
          payers.add(payer);
          return payer;
        });
  }

  /** Takes what it gets without paying, leaves before it is asked for money, and comes again. */
  private void takeAndLeave(WirePeer by) {
    by.dial(seller.endpoint());
    bazaar.swarm.runFor(Duration.ofSeconds(2));
    payers.getLast().leave();
    bazaar.swarm.runFor(Duration.ofMillis(200));
  }

  private void trade(RoguePayer.Trick trick) {
    begin(trick);
    bazaar.swarm.runFor(TIME);
    bazaar.swarm.finish();
  }

  private long charged() {
    return payers.stream().mapToLong(p -> p.charged).sum();
  }

  private long stolen() {
    return charged() - bazaar.bank.taken();
  }

  private boolean hasRefused(FaultCode code) {
    return bazaar.sold.stream()
        .anyMatch(
            e -> e instanceof MarketEvent.Refused(var who, var why) && why.contains(code + ""));
  }

  @Test
  void whoPaysIsServed() {
    trade(paying((pay, by) -> List.of(pay)));
    assertThat(charged()).isGreaterThan(10 * MIB);
    assertThat(stolen()).isBetween(0L, Bazaar.WINDOW);
    assertThat(bazaar.bank.settle()).isEqualTo(bazaar.bank.taken());
  }

  @Test
  void whoNeverPaysGetsOneBlock() {
    trade(paying((pay, by) -> List.of()));
    assertThat(charged()).isEqualTo(BLOCK);
    assertThat(payers.getFirst().awards).as("does not keep others from a slot").isLessThan(3);
  }

  @Test
  void whoStopsPayingGetsOneWindow() {
    trade(paying((pay, by) -> pay.voucher().cumulative() > 5 * MIB ? List.of() : List.of(pay)));
    assertThat(charged()).isGreaterThan(5 * MIB);
    assertThat(stolen()).isPositive().isLessThanOrEqualTo(Bazaar.WINDOW);
    assertThat(bazaar.lost()).isEqualTo(stolen());
  }

  @Test
  void whoRepeatsAVoucherPaysNothingByIt() {
    List<PayMessage> first = new ArrayList<>();
    trade(
        paying((pay, by) -> {
          if (first.isEmpty()) {
            first.add(pay);
          }
          return List.copyOf(first);
        }));
    assertThat(stolen()).isPositive().isLessThanOrEqualTo(2 * BLOCK);
    assertThat(hasRefused(FaultCode.NOT_INCREASING)).isTrue();
  }

  @Test
  void whoPromisesMoreThanTheDepositIsNotBelieved() {
    trade(paying((pay, by) -> List.of(by.voucher(by.cert().deposit() + 1))));
    assertThat(charged()).isEqualTo(BLOCK);
    assertThat(hasRefused(FaultCode.EXCEEDS_DEPOSIT)).isTrue();
  }

  @Test
  void aSignatureOfAnotherKeyIsWorthNothing() {
    trade(
        paying((pay, by) ->
            List.of(
                new PayMessage.Pay(
                    pay.voucher(),
                    STRANGER.sign(pay.voucher().digest(bazaar.bank.terms.domain())),
                    OptionalLong.empty()))));
    assertThat(charged()).isEqualTo(BLOCK);
    assertThat(bazaar.bank.taken()).isZero();
    assertThat(hasRefused(FaultCode.BAD_SIGNATURE)).isTrue();
  }

  @Test
  void dropsDoNotWidenTheWindow() {
    long[] drops = {0};
    trade(paying((pay, by) -> List.of(by.voucher(++drops[0]))));
    assertThat(stolen()).isPositive().isLessThanOrEqualTo(BLOCK);
  }

  private void forging(UnaryOperator<ChannelCert> change, PayKey signer) {
    trade(
        new RoguePayer.Trick() {
          @Override
          public PayMessage.Open open(PayMessage.Open honest) {
            ChannelCert cert = change.apply(honest.cert());
            return new PayMessage.Open(cert, signer.sign(cert.digest(bazaar.bank.terms.domain())));
          }
        });
    assertThat(charged()).isZero();
    assertThat(bazaar.bank.taken()).isZero();
  }

  private static ChannelCert with(ChannelCert cert, PayAddress payee, long expiresAt) {
    return new ChannelCert(
        cert.channel(),
        cert.payerKey(),
        payee,
        cert.asset(),
        cert.deposit(),
        cert.openedAt(),
        expiresAt,
        cert.graceSeconds());
  }

  @Test
  void aForgedCertificateBuysNothing() {
    forging(cert -> cert, STRANGER);
    assertThat(hasRefused(FaultCode.BAD_CERTIFICATE)).isTrue();
  }

  @Test
  void aChannelOfSomebodyElseBuysNothing() {
    forging(cert -> with(cert, STRANGER.address(), cert.expiresAt()), SimBank.HUB);
    assertThat(hasRefused(FaultCode.BAD_CERTIFICATE)).isTrue();
  }

  @Test
  void aChannelThatIsAlmostOverBuysNothing() {
    forging(cert -> with(cert, cert.payee(), Bazaar.UNIX + 3_600), SimBank.HUB);
    assertThat(hasRefused(FaultCode.EXPIRING)).isTrue();
  }

  /** Pays until the window is wide, takes it, leaves, and comes again. */
  @Test
  void whoTakesAWindowAndComesAgainGetsNoOther() {
    begin(
        paying((pay, by) -> by.charged > 5 * MIB || payers.size() > 1 ? List.of() : List.of(pay)));
    for (int i = 0; i < 20; i++) {
      bazaar.swarm.runFor(Duration.ofSeconds(12));
      RoguePayer last = payers.getLast();
      if (last.charged > 5 * MIB || payers.size() > 1) {
        last.leave();
        bazaar.swarm.runFor(Duration.ofSeconds(1));
        rogue.dial(seller.endpoint());
      }
    }
    assertThat(payers.size()).isGreaterThan(10);
    assertThat(stolen()).isGreaterThan(4 * BLOCK).isLessThanOrEqualTo(Bazaar.WINDOW);
    bazaar.swarm.finish();
  }

  /** The first block is free each time, if nobody remembers. */
  @Test
  void whoTakesABlockAndComesAgainGetsTwo() {
    begin(paying((pay, by) -> List.of()));
    for (int i = 0; i < 40; i++) {
      takeAndLeave(rogue);
    }
    assertThat(payers).hasSizeGreaterThanOrEqualTo(40);
    assertThat(stolen()).isBetween(BLOCK, 2 * BLOCK);
    assertThat(bazaar.lost()).isEqualTo(stolen());
    bazaar.swarm.finish();
  }

  /**
   * Each of another network: four windows in all, whoever they are. Who pays is served all the same
   * then, a block for each payment.
   */
  @Test
  void whoHasManyAddressesTakesFourWindowsInAll() {
    bazaar.windowBytes = BLOCK;
    RoguePayer.Trick never = paying((pay, by) -> List.of());
    begin(never);
    rogue.wires().forEach(WirePeer.Wire::close);
    for (int i = 0; i < 12; i++) {
      takeAndLeave(rogue(host("10.7." + i + ".1"), never));
    }
    assertThat(stolen()).isBetween(4 * BLOCK, 5 * BLOCK);
    long taken = charged();
    rogue(host("10.8.0.1"), paying((pay, by) -> List.of(pay))).dial(seller.endpoint());
    bazaar.swarm.runFor(Duration.ofSeconds(30));
    assertThat(charged() - taken).isGreaterThan(MIB);
    assertThat(stolen()).isLessThanOrEqualTo(5 * BLOCK);
    bazaar.swarm.finish();
  }

  private SimHost host(String address) {
    InetAddress literal = InetAddress.ofLiteral(address);
    return bazaar.swarm.host(address, literal, LinkProfile.home(), SimDisk.fast());
  }
}
