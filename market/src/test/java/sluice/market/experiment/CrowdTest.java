package sluice.market.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.market.auction.AuctionPolicy;
import sluice.market.auction.PayAsBid;
import sluice.market.auction.PostedPrice;
import sluice.market.auction.ProportionalShare;
import sluice.market.auction.UniformPrice;

/** The model of the experiments: it repeats, it loses nothing, and without sales there are none. */
class CrowdTest {
  private static final List<AuctionPolicy> POLICIES =
      List.of(new UniformPrice(), new PayAsBid(), new ProportionalShare(), new PostedPrice());

  private static Crowd crowd(AuctionPolicy policy, int freePermille, long seed) {
    return new Crowd(new Seller.Setup(policy, 8, freePermille, Seller.Lie.NONE, false), 25, seed);
  }

  @Test
  void everybodyEndsAndWhatIsEarnedIsWhatIsSpent() {
    for (AuctionPolicy policy : POLICIES) {
      for (int free : new int[] {0, 250, 500, 1_000}) {
        Crowd crowd = crowd(policy, free, 3);
        assertThat(crowd.isDone()).as("%s, %d", policy, free).isTrue();
        assertThat(crowd.seller.revenueMicros).isEqualTo(crowd.spentMicros());
        assertThat(crowd.seller.revenueMicros > 0).isEqualTo(free < 1_000);
        assertThat(crowd.toString()).isEqualTo(crowd(policy, free, 3).toString());
      }
    }
  }

  @Test
  void theUplinkIsDividedAsTheLimiterDoes() {
    long up = Seller.UPLINK;
    assertThat(Rates.of(500, 0, 8)).isEqualTo(new Rates(0, up / 8));
    assertThat(Rates.of(500, 4, 4)).isEqualTo(new Rates(up / 8, up / 8));
    assertThat(Rates.of(500, 1, 7)).isEqualTo(new Rates(up / 2, up / 2 / 7));
    assertThat(Rates.of(250, 4, 4)).isEqualTo(new Rates(up * 3 / 16, up / 16));
    assertThat(Rates.of(250, 4, 0)).isEqualTo(new Rates(up / 4, 0));
    assertThat(Rates.of(250, 1, 7)).as("a downlink").isEqualTo(new Rates(up / 2, up / 2 / 7));
    assertThat(Rates.of(750, 4, 1)).isEqualTo(new Rates(up / 8, up / 2));
  }

  /** The uplink is full at all times, so the last of all ends at the same time, but for a round. */
  @Test
  void whatPayersHaveEarlierOthersHaveLater() {
    for (long seed = 1; seed <= 10; seed++) {
      double control = crowd(new PayAsBid(), 1_000, seed).lastSeconds();
      for (int free : new int[] {250, 500, 750}) {
        double last = crowd(new PayAsBid(), free, seed).lastSeconds();
        assertThat(last / control).as("seed %d, %d", seed, free).isBetween(0.95, 1.05);
      }
    }
  }

  @Test
  void whoPaysIsFasterAndWithoutSalesNobodyIs() {
    double paid = 0;
    double unpaid = 0;
    for (long seed = 1; seed <= 10; seed++) {
      paid += crowd(new UniformPrice(), 500, seed).medianSeconds(Buyer.Kind.PAYER);
      unpaid += crowd(new UniformPrice(), 1_000, seed).medianSeconds(Buyer.Kind.PAYER);
    }
    assertThat(paid).isLessThan(0.9 * unpaid);
  }
}
