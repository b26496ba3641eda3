package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayKey;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.End;
import sluice.market.wire.PayMessage.FaultCode;
import sluice.protocol.digest.Hash;

/** A payer and a payee, honest or not: who loses how much. */
class TradeTest {
  private static final long BLOCK = Pair.BLOCK;
  private static final long BUDGET = 1_000_000_000L;
  private static final long WINDOW_PRICE = Pair.FLOOR.due(SellTerms.WINDOW_BYTES);

  private final Pair pair = Pair.of(Pair.FLOOR, BUDGET);
  private final long piecePrice = Pair.FLOOR.due(pair.pieceBytes);

  private static <M extends PayMessage> List<M> of(List<PayMessage> said, Class<M> kind) {
    return said.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private List<End> ends(List<MarketEvent> told) {
    return told.stream()
        .filter(MarketEvent.Ended.class::isInstance)
        .map(e -> ((MarketEvent.Ended) e).reason())
        .toList();
  }

  @Test
  void whatIsDeliveredIsPaidToTheLastUnit() {
    pair.run(20 * Pair.SECOND);
    pair.wants = false;
    pair.run(5 * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(10L << 20);
    assertThat(pair.till.earned()).isEqualTo(Pair.FLOOR.due(pair.receivedBytes));
    assertThat(pair.purse.spent()).isEqualTo(pair.till.earned());
    assertThat(pair.wallet.spentMicros()).isEqualTo(pair.till.earned());
    assertThat(pair.wallet.freeMicros()).isEqualTo(BUDGET - pair.till.earned());
    assertThat(pair.mostOwedMicros).isLessThanOrEqualTo(WINDOW_PRICE);
    assertThat(ends(pair.sellerTold)).containsExactly(End.NORMAL);
    assertThat(pair.buys.isBusy()).isFalse();
    assertThat(pair.sells.isBusy()).isFalse();
  }

  @Test
  void messagesAreLessThanAThousandthOfTheData() {
    pair.run(15 * Pair.SECOND);
    assertThat(pair.extensionBytes * 1_000).isLessThan(pair.receivedBytes);
  }

  @Test
  void theLineIsFull() {
    pair.run(20 * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(17L << 20);
  }

  @Test
  void aSmallDepositIsToppedUp() {
    SellTerms wide =
        new SellTerms(
            Pair.ALIAS, Pair.FLOOR, 4 << 20, 500, SellTerms.of(Pair.ALIAS, Pair.FLOOR).policy());
    Pair small = new Pair(wide, new BuyTerms(Pair.FLOOR, BUDGET), 16 * Pair.BLOCK);
    small.bytesPerSecond = 16 << 20;
    small.run(10 * Pair.SECOND);
    small.wants = false;
    small.run(5 * Pair.SECOND);
    assertThat(small.receivedBytes).isGreaterThan(Payments.DEPOSIT_BYTES * 2);
    assertThat(small.purse.opened).isEqualTo(1);
    assertThat(small.till.earned()).isEqualTo(Pair.FLOOR.due(small.receivedBytes));
  }

  @Test
  void whoNeverPaysGetsOneBlock() {
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of() : List.of(m);
    pair.run(20 * Pair.SECOND);
    assertThat(pair.receivedBytes).isEqualTo(BLOCK);
    assertThat(pair.till.earned()).isZero();
    assertThat(ends(pair.sellerTold)).containsExactly(End.TIMEOUT);
    assertThat(pair.bars.terms(7, pair.now())).isEqualTo(Bars.Terms.BEFORE);
  }

  @Test
  void whoStopsPayingGetsOneWindow() {
    pair.run(8 * Pair.SECOND);
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of() : List.of(m);
    pair.run(20 * Pair.SECOND);
    long lost = Pair.FLOOR.due(pair.receivedBytes) - pair.till.earned();
    assertThat(lost).isPositive().isLessThanOrEqualTo(WINDOW_PRICE);
    assertThat(ends(pair.sellerTold)).containsExactly(End.TIMEOUT);
    List<PayMessage.Need> needs = of(pair.sellerEnd.said, PayMessage.Need.class);
    assertThat(needs).hasSize(1);
    assertThat(needs.getFirst().dueMicros()).isEqualTo(Pair.FLOOR.due(pair.receivedBytes));
    assertThat(Pair.FLOOR.due(needs.getFirst().unpaidBytes())).isEqualTo(lost);
  }

  @Test
  void whoLeavesOwingAWindowIsBarred() {
    pair.run(8 * Pair.SECOND);
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of() : List.of(m);
    pair.run(Pair.SECOND);
    pair.sells.close(pair.now());
    assertThat(pair.mostOwedMicros).isPositive().isLessThanOrEqualTo(WINDOW_PRICE);
    assertThat(pair.bars.terms(7, pair.now())).isEqualTo(Bars.Terms.BEFORE);
  }

  @Test
  void smallPaymentsDoNotWidenTheWindow() {
    List<PayMessage> none = List.of();
    pair.toSeller =
        m -> {
          if (!(m instanceof PayMessage.Pay pay)) {
            return List.of(m);
          }
          Hash channel = pay.voucher().channel();
          List<PayMessage> drops = new ArrayList<>();
          for (int i = 1; i <= 20; i++) {
            Voucher drop = new Voucher(channel, i);
            PaySignature signature =
                pair.purse.keys.get(channel).sign(drop.digest(pair.hub.domain()));
            drops.add(new PayMessage.Pay(drop, signature, OptionalLong.empty()));
          }
          return pair.till.earned() > 0 ? none : drops;
        };
    pair.run(20 * Pair.SECOND);
    assertThat(pair.receivedBytes).isEqualTo(BLOCK);
    assertThat(pair.mostOwedMicros).isLessThanOrEqualTo(Pair.FLOOR.due(BLOCK));
  }

  @Test
  void aVoucherCountsOnce() {
    pair.toSeller = m -> m instanceof PayMessage.Pay ? List.of(m, m, m) : List.of(m);
    pair.run(20 * Pair.SECOND);
    pair.wants = false;
    pair.run(5 * Pair.SECOND);
    assertThat(pair.till.earned()).isEqualTo(Pair.FLOOR.due(pair.receivedBytes));
    assertThat(of(pair.sellerEnd.said, PayMessage.Fault.class))
        .isNotEmpty()
        .allMatch(f -> f.code() == FaultCode.NOT_INCREASING);
  }

  @Test
  void oldVouchersPayNothing() {
    List<PayMessage> first = new ArrayList<>();
    pair.toSeller =
        m -> {
          if (m instanceof PayMessage.Pay && first.isEmpty()) {
            first.add(m);
          }
          return m instanceof PayMessage.Pay ? List.copyOf(first) : List.of(m);
        };
    pair.run(20 * Pair.SECOND);
    assertThat(pair.till.earned()).isEqualTo(Pair.FLOOR.due(BLOCK));
    assertThat(pair.receivedBytes).isLessThanOrEqualTo(3 * BLOCK);
    assertThat(pair.till.looked).as("signatures of replays are not looked at").isEqualTo(1);
  }

  @Test
  void whoPromisesMoreThanTheDepositIsNotBelieved() {
    pair.toSeller =
        m -> {
          if (m instanceof PayMessage.Pay pay) {
            Voucher more = new Voucher(pay.voucher().channel(), Long.MAX_VALUE);
            PaySignature signature =
                pair.purse.keys.get(more.channel()).sign(more.digest(pair.hub.domain()));
            return List.of(new PayMessage.Pay(more, signature, OptionalLong.empty()));
          }
          return List.of(m);
        };
    pair.run(20 * Pair.SECOND);
    assertThat(pair.receivedBytes).isEqualTo(BLOCK);
    assertThat(pair.till.earned()).isZero();
    assertThat(of(pair.sellerEnd.said, PayMessage.Fault.class))
        .allMatch(f -> f.code() == FaultCode.EXCEEDS_DEPOSIT);
  }

  @Test
  void aVoucherOfAnotherKeyIsWorthNothing() {
    pair.toSeller =
        m ->
            m instanceof PayMessage.Pay pay
                ? List.of(
                    new PayMessage.Pay(
                        pay.voucher(),
                        Pair.key(99).sign(pay.voucher().digest(pair.hub.domain())),
                        OptionalLong.empty()))
                : List.of(m);
    pair.run(20 * Pair.SECOND);
    assertThat(pair.receivedBytes).isEqualTo(BLOCK);
    assertThat(pair.till.earned()).isZero();
  }

  @Test
  void aForgedCertificateBuysNothing() {
    forge(cert -> cert, Pair.key(66));
    assertThat(pair.receivedBytes).isZero();
    assertThat(of(pair.sellerEnd.said, PayMessage.Fault.class))
        .isNotEmpty()
        .allMatch(f -> f.code() == FaultCode.BAD_CERTIFICATE);
  }

  @Test
  void aChannelOfSomebodyElseBuysNothing() {
    forge(
        cert ->
            new ChannelCert(
                cert.channel(),
                cert.payerKey(),
                Pair.key(44).address(),
                cert.asset(),
                cert.deposit(),
                cert.openedAt(),
                cert.expiresAt(),
                cert.graceSeconds()),
        Pair.HUB_KEY);
    assertThat(pair.receivedBytes).isZero();
  }

  @Test
  void aChannelThatIsAlmostOverBuysNothing() {
    forge(
        cert ->
            new ChannelCert(
                cert.channel(),
                cert.payerKey(),
                cert.payee(),
                cert.asset(),
                cert.deposit(),
                cert.openedAt(),
                Pair.UNIX + 3_600,
                cert.graceSeconds()),
        Pair.HUB_KEY);
    assertThat(pair.receivedBytes).isZero();
    assertThat(of(pair.sellerEnd.said, PayMessage.Fault.class))
        .allMatch(f -> f.code() == FaultCode.EXPIRING);
  }

  private void forge(UnaryOperator<ChannelCert> change, PayKey signer) {
    pair.toSeller =
        m -> {
          if (m instanceof PayMessage.Open open) {
            ChannelCert cert = change.apply(open.cert());
            return List.of(new PayMessage.Open(cert, signer.sign(cert.digest(pair.hub.domain()))));
          }
          return List.of(m);
        };
    pair.run(20 * Pair.SECOND);
  }

  @Test
  void whoShowsNoChannelLosesTheSlot() {
    pair.toSeller = m -> m instanceof PayMessage.Open ? List.of() : List.of(m);
    pair.run(9 * Pair.SECOND);
    assertThat(pair.receivedBytes).isZero();
    assertThat(ends(pair.sellerTold)).containsExactly(End.TIMEOUT);
  }

  @Test
  void badDataCostTheBuyerOnePiece() {
    pair.badFrom = 20;
    pair.run(20 * Pair.SECOND);
    long good = Pair.FLOOR.due(20L * pair.pieceBytes);
    assertThat(pair.till.earned() - good).isPositive().isLessThanOrEqualTo(piecePrice);
    assertThat(ends(pair.buyerTold).getFirst()).isEqualTo(End.BAD_DATA);
  }

  @Test
  void badDataCostTheBuyerOneBlockWhereBlocksAreVerified() {
    Pair blocks = Pair.byBlock(Pair.FLOOR, BUDGET);
    blocks.badFromBlock = 325;
    blocks.run(20 * Pair.SECOND);
    long good = Pair.FLOOR.due(325 * BLOCK);
    long blockPrice = Pair.FLOOR.dueAtMost(BLOCK);
    assertThat(blocks.till.earned() - good).isLessThanOrEqualTo(blockPrice);
    assertThat(blocks.till.earned()).isGreaterThan(Pair.FLOOR.due(200 * BLOCK));
    assertThat(ends(blocks.buyerTold).getFirst()).isEqualTo(End.BAD_DATA);
  }

  @Test
  void dataThatAreNeverVerifiedCostTheBuyerOneBlockWhereBlocksAre() {
    Pair blocks = Pair.byBlock(Pair.FLOOR, BUDGET);
    blocks.verifies = false;
    blocks.run(20 * Pair.SECOND);
    assertThat(blocks.till.earned()).isPositive().isLessThanOrEqualTo(Pair.FLOOR.dueAtMost(BLOCK));
  }

  @Test
  void theLineIsFullWhereBlocksAreVerified() {
    Pair blocks = Pair.byBlock(Pair.FLOOR, BUDGET);
    blocks.run(20 * Pair.SECOND);
    blocks.wants = false;
    blocks.run(5 * Pair.SECOND);
    assertThat(blocks.receivedBytes).isGreaterThan(17L << 20);
    assertThat(blocks.till.earned()).isEqualTo(Pair.FLOOR.due(blocks.receivedBytes));
    assertThat(blocks.mostOwedMicros).isLessThanOrEqualTo(WINDOW_PRICE);
  }

  @Test
  void dataThatAreNeverVerifiedCostTheBuyerOnePiece() {
    pair.verifies = false;
    pair.run(20 * Pair.SECOND);
    assertThat(pair.till.earned()).isPositive().isLessThanOrEqualTo(piecePrice);
  }

  /** The slot is sold to it again and again; nothing that comes is ever seen verified. */
  @Test
  void howeverManyAwardsThereAreTheBuyerLosesOnePiece() {
    pair.verifies = false;
    int awards = 0;
    for (int i = 0; i < 60; i++) {
      pair.run(3 * Pair.SECOND);
      awards += pair.sells.isAwarded() ? 1 : 0;
      pair.sells.lose(pair.now());
    }
    assertThat(awards).isGreaterThan(1);
    assertThat(pair.purse.spent()).isPositive().isLessThanOrEqualTo(piecePrice);
    assertThat(pair.till.earned()).isLessThanOrEqualTo(piecePrice);
  }

  @Test
  void aPriceAboveTheBidIsNotPaid() {
    pair.toBuyer =
        m ->
            m instanceof PayMessage.Award a
                ? List.of(
                    new PayMessage.Award(
                        a.bid(),
                        a.award(),
                        new Price(a.price().perMebibyte() + 1),
                        a.leaseSeconds(),
                        a.windowBytes(),
                        a.payee(),
                        a.hub(),
                        a.policy(),
                        a.evidence()))
                : List.of(m);
    pair.run(20 * Pair.SECOND);
    assertThat(pair.purse.spent()).isZero();
    assertThat(pair.purse.opened).isZero();
    assertThat(of(pair.buyerEnd.said, PayMessage.Fault.class))
        .isNotEmpty()
        .allMatch(f -> f.code() == FaultCode.PRICE_ABOVE_BID);
  }

  @Test
  void whoSellsAndDoesNotDeliverGetsNothing() {
    pair.silent = true;
    pair.run(20 * Pair.SECOND);
    assertThat(pair.till.earned()).isZero();
    assertThat(pair.purse.spent()).isZero();
  }

  @Test
  void whoDeliversAQuarterIsLeft() {
    pair.run(15 * Pair.SECOND);
    pair.bytesPerSecond = 50_000;
    pair.run(40 * Pair.SECOND);
    assertThat(ends(pair.buyerTold)).contains(End.TIMEOUT);
    assertThat(pair.till.earned()).isLessThanOrEqualTo(Pair.FLOOR.due(pair.receivedBytes));
  }

  @Test
  void aFalseDemandIsNotPaid() {
    pair.toBuyer =
        m ->
            m instanceof PayMessage.Ack ack
                ? List.of(
                    m, new PayMessage.Need(ack.channel(), Long.MAX_VALUE, Long.MAX_VALUE, 5_000))
                : List.of(m);
    pair.run(20 * Pair.SECOND);
    assertThat(pair.purse.spent()).isLessThanOrEqualTo(Pair.FLOOR.due(pair.receivedBytes));
  }

  @Test
  void withoutAChannelNothingIsBoughtForAWhile() {
    pair.purse.refuses = true;
    pair.run(30 * Pair.SECOND);
    assertThat(pair.receivedBytes).isZero();
    assertThat(ends(pair.buyerTold)).containsExactly(End.BUDGET);
    assertThat(pair.wallet.freeMicros()).isEqualTo(BUDGET);
  }
}
