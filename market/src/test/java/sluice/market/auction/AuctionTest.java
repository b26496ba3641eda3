package sluice.market.auction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.market.money.Price;

class AuctionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Stall TWO = new Stall(2, new Price(10), 1 << 20);

  static List<AuctionPolicy> policies() {
    return List.of(new UniformPrice(), new PayAsBid(), new ProportionalShare(), new PostedPrice());
  }

  private static Offer waits(int key, long price, long waitedSeconds) {
    return new Offer(key, new Price(price), price, key, key, waitedSeconds * SECOND, -1);
  }

  private static Offer holds(int key, long price, long heldSeconds) {
    return new Offer(key, new Price(price), price, key, key, 0, heldSeconds * SECOND);
  }

  private static List<Sale> half(Map<Integer, Long> prices) {
    List<Sale> sales = new ArrayList<>();
    prices.forEach((key, price) -> sales.add(new Sale(key, new Price(price), 500_000)));
    return sales;
  }

  @Test
  void allPayTheHighestPriceThatLost() {
    List<Offer> offers = List.of(waits(1, 30, 0), waits(2, 50, 0), waits(3, 20, 0));
    assertThat(new UniformPrice().sell(offers, TWO))
        .containsExactlyInAnyOrderElementsOf(half(Map.of(1, 20L, 2, 20L)));
    assertThat(new PayAsBid().sell(offers, TWO))
        .containsExactlyInAnyOrderElementsOf(half(Map.of(1, 30L, 2, 50L)));
  }

  @Test
  void whenNobodyLosesTheFloorIsPaid() {
    assertThat(new UniformPrice().sell(List.of(waits(1, 30, 0), waits(2, 9, 0)), TWO))
        .containsExactly(new Sale(1, new Price(10), Sale.WHOLE));
  }

  @Test
  void ofEqualBidsTheLongestWaitingWins() {
    Stall one = new Stall(1, Price.FREE, 1);
    List<Offer> offers = List.of(waits(1, 30, 5), waits(2, 30, 9), waits(3, 30, 9));
    assertThat(new UniformPrice().sell(offers, one)).extracting(Sale::key).containsExactly(2);
  }

  @Test
  void aHolderIsDisplacedByATenthMoreAfterItsFirstHalfMinuteOneInARound() {
    Stall one = new Stall(1, Price.FREE, 1);
    assertThat(winner(one, holds(1, 100, 30), waits(2, 109, 0))).isEqualTo(1);
    assertThat(winner(one, holds(1, 100, 30), waits(2, 110, 0))).isEqualTo(2);
    assertThat(winner(one, holds(1, 100, 29), waits(2, 500, 0))).isEqualTo(1);
    List<Offer> offers =
        List.of(holds(1, 100, 60), holds(2, 101, 60), waits(3, 900, 0), waits(4, 800, 0));
    assertThat(new UniformPrice().sell(offers, TWO))
        .extracting(Sale::key)
        .containsExactlyInAnyOrder(2, 3);
  }

  @Test
  void aHolderNeverPaysMoreThanItBidThoughALoserBidMore() {
    Stall one = new Stall(1, Price.FREE, 1);
    assertThat(new UniformPrice().sell(List.of(holds(1, 100, 9), waits(2, 500, 0)), one))
        .containsExactly(new Sale(1, new Price(100), Sale.WHOLE));
  }

  @Test
  void onePayerAndOneNetworkGetOneSlot() {
    Offer twin = new Offer(2, new Price(90), 90, 1, 7, 0, -1);
    Offer neighbour = new Offer(3, new Price(80), 80, 8, 1, 0, -1);
    List<Offer> offers = List.of(waits(1, 100, 0), twin, neighbour, waits(4, 20, 0));
    assertThat(new PayAsBid().sell(offers, TWO)).extracting(Sale::key).containsExactly(1, 4);
  }

  @Test
  void sharesAreInProportionAndThePriceIsTheSame() {
    Stall stall = new Stall(3, new Price(1), 2 << 20);
    Offer small = new Offer(1, new Price(1_000), 100, 1, 1, 0, -1);
    Offer large = new Offer(2, new Price(1_000), 300, 2, 2, 0, -1);
    assertThat(new ProportionalShare().sell(List.of(small, large), stall))
        .containsExactly(
            new Sale(2, new Price(200), 750_000), new Sale(1, new Price(200), 250_000));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whateverIsOfferedTheRulesHold(AuctionPolicy policy) {
    long seed = 7;
    Random random = new Random(seed);
    for (int run = 0; run < 2_000; run++) {
      Stall stall = new Stall(random.nextInt(5), new Price(random.nextInt(50)), random.nextInt(99));
      Map<Integer, Offer> offers = new HashMap<>();
      for (int key = random.nextInt(9); key > 0; key--) {
        long price = random.nextInt(100);
        long held = random.nextInt(3) == 0 ? random.nextInt(60) * SECOND : -1;
        offers.put(
            key,
            new Offer(
                key,
                new Price(price),
                price,
                random.nextInt(6),
                random.nextInt(6),
                random.nextInt(9),
                held));
      }
      List<Offer> shuffled = new ArrayList<>(offers.values());
      Collections.shuffle(shuffled, random);
      List<Sale> sales = policy.sell(shuffled, stall);
      String as = policy + ", seed " + seed + ", run " + run;
      assertThat(sales).as(as).isEqualTo(policy.sell(List.copyOf(offers.values()), stall));
      assertThat(sales).as(as).hasSizeLessThanOrEqualTo(stall.slots());
      assertThat(sales.stream().mapToInt(Sale::share).sum()).isLessThanOrEqualTo(Sale.WHOLE);
      Set<Long> payers = new HashSet<>();
      for (Sale sale : sales) {
        Offer offer = offers.get(sale.key());
        assertThat(sale.price().perMebibyte())
            .as(as)
            .isBetween(stall.floor().perMebibyte(), offer.most().perMebibyte());
        assertThat(payers.add(offer.payer())).as(as).isTrue();
      }
    }
  }

  private static int winner(Stall stall, Offer... offers) {
    return new UniformPrice().sell(List.of(offers), stall).getFirst().key();
  }
}
