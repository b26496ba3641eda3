package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.End;

/** Lines on which more vouchers would be due than a payee looks at: nobody is barred for that. */
class FastLineTest {
  private static final long BUDGET = 100_000_000_000L;
  private static final int VOUCHERS = 50;
  private static final long SECONDS = 10;

  private final Pair pair = Pair.of(Pair.FLOOR, BUDGET);

  FastLineTest() {
    pair.bytesPerSecond = 256 << 20;
    pair.latencyNanos = 1_000_000;
  }

  private void nobodyIsBarred() {
    assertThat(pair.sellerTold)
        .noneMatch(e -> e instanceof MarketEvent.Ended end && end.reason() == End.TIMEOUT);
    pair.wants = false;
    pair.run(5 * Pair.SECOND);
    // A block that is paid before may not come any more.
    assertThat(pair.till.earned())
        .isGreaterThanOrEqualTo(Pair.FLOOR.due(pair.receivedBytes))
        .isBetween(pair.purse.spent() - Pair.FLOOR.due(Pair.BLOCK) - 1, pair.purse.spent());
    assertThat(pair.sells.isBusy()).isFalse();
    assertThat(pair.buys.isBusy()).isFalse();
  }

  @Test
  void aWindowForEachOfThem() {
    pair.run(SECONDS * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(SECONDS * VOUCHERS * SellTerms.WINDOW_BYTES / 4);
    nobodyIsBarred();
  }

  @Test
  void aBlockForEachOfThemWherePaidBefore() {
    pair.bars.add(Pair.GROUP, pair.now());
    pair.run(SECONDS * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(SECONDS * VOUCHERS * Pair.BLOCK / 2);
    nobodyIsBarred();
  }

  /** As of a payer that does not count: what came too fast is not lost. */
  @Test
  void theLastVoucherCountsThoughItCameTooFast() {
    int[] said = new int[1];
    pair.toSeller =
        m -> {
          if (!(m instanceof PayMessage.Pay pay) || said[0]++ % VOUCHERS != 0) {
            return List.of(m);
          }
          long most = pay.voucher().cumulative();
          List<PayMessage> drops = new ArrayList<>();
          for (int i = VOUCHERS; i >= 0; i--) {
            Voucher drop = new Voucher(pay.voucher().channel(), most - i);
            PaySignature signature =
                pair.purse.keys.get(drop.channel()).sign(drop.digest(pair.hub.domain()));
            drops.add(new PayMessage.Pay(drop, signature, OptionalLong.empty()));
          }
          return drops;
        };
    pair.run(SECONDS * Pair.SECOND);
    assertThat(pair.receivedBytes).isGreaterThan(4L << 20);
    nobodyIsBarred();
  }

  /** As of a payee that refuses what comes too fast: it is said again. */
  @Test
  void aVoucherThatIsNotAcknowledgedIsSaidAgain() {
    int[] lost = new int[1];
    pair.toSeller = m -> m instanceof PayMessage.Pay && lost[0]++ % 7 == 3 ? List.of() : List.of(m);
    pair.bars.add(Pair.GROUP, pair.now());
    pair.run(SECONDS * Pair.SECOND);
    assertThat(lost[0]).isGreaterThan(10);
    nobodyIsBarred();
  }
}
