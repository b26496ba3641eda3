package sluice.market.trade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a payer risks with payees that come again and again, or of many addresses. */
class RemainsTest {
  private static final long PIECE = 1 << 18;
  private static final long BLOCK = 1 << 14;
  private static final long WINDOW = 1 << 20;

  private final Remains remains = new Remains();

  /** An award after which so much of a piece was received, and paid as far as it may be. */
  private void award(long group, int piece, long bytes, long now) {
    Goods goods = new Goods(1L << 40, PIECE, group, remains);
    goods.begin();
    Proof proof = new Proof();
    proof.received(piece, bytes);
    goods.end(proof, Math.max(0, bytes - PIECE), now);
  }

  @Test
  void aNetworkIsPaidForOnePieceHoweverOftenItComes() {
    long paid = 0;
    for (int i = 0; i < 1_000 && remains.mayBuy(1, PIECE, WINDOW, 0); i++) {
      paid += Math.min(BLOCK, new Goods(0, PIECE, 1, remains).allowedBytes(0));
      award(1, i, BLOCK, 0);
    }
    assertThat(paid).isEqualTo(5 * BLOCK);
    assertThat(remains.mayBuy(2, PIECE, WINDOW, 0)).as("others are not kept from it").isTrue();
    assertThat(remains.mayBuy(1, PIECE, WINDOW, Remains.HOUR_NANOS - 1)).isFalse();
    assertThat(remains.mayBuy(1, PIECE, WINDOW, Remains.HOUR_NANOS)).isTrue();
  }

  @Test
  void whatIsSeenVerifiedLaterCountsNoMore() {
    award(1, 5, 15 * BLOCK, 0);
    assertThat(remains.bytes(1, 0)).isEqualTo(15 * BLOCK);
    assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isFalse();
    remains.right(1, 5, BLOCK);
    assertThat(remains.bytes(1, 0)).isEqualTo(14 * BLOCK);
    remains.right(2, 5, BLOCK);
    remains.good(6);
    assertThat(remains.bytes(1, 0)).isEqualTo(14 * BLOCK);
    remains.good(5);
    assertThat(remains.bytes(1, 0)).isZero();
    assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isTrue();
  }

  @Test
  void allNetworksTogetherArePaidForFourPieces() {
    long paid = 0;
    int networks = 0;
    while (networks < 1_000 && remains.mayBuy(networks, PIECE, WINDOW, 0)) {
      award(networks, networks, PIECE, 0);
      paid += PIECE;
      networks++;
    }
    assertThat(paid).isEqualTo(Remains.MOST_UNITS * PIECE);
  }

  @Test
  void whoHasGivenAPieceThatIsRightIsNotKeptOutByOthers() {
    Proof proof = new Proof();
    proof.received(1, PIECE);
    proof.good(1);
    remains.begin(77);
    remains.end(77, proof, 0, PIECE, 0);
    for (int i = 0; i < Remains.MOST_UNITS; i++) {
      award(i, 10 + i, PIECE, 0);
    }
    assertThat(remains.mayBuy(9, PIECE, WINDOW, 0)).isFalse();
    assertThat(remains.mayBuy(77, PIECE, WINDOW, 0)).isTrue();
    remains.lied(77, 0);
    assertThat(remains.mayBuy(77, PIECE, WINDOW, 0)).isFalse();
  }

  @Test
  void whatCameAndWasNotPaidIsNoLoss() {
    Goods goods = new Goods(1L << 40, PIECE, 1, remains);
    goods.begin();
    Proof proof = new Proof();
    proof.received(3, PIECE);
    goods.end(proof, PIECE - BLOCK, 0);
    assertThat(remains.bytes(1, 0)).isEqualTo(BLOCK);
    assertThat(goods.allowedBytes(0)).isEqualTo(PIECE - BLOCK);
    assertThat(goods.mayBuy(WINDOW, 0)).isTrue();
  }

  @Test
  void nothingIsBoughtOfWhoHasLiedForAnHour() {
    remains.lied(1, 0);
    assertThat(remains.mayBuy(1, PIECE, WINDOW, Remains.HOUR_NANOS - 1)).isFalse();
    assertThat(remains.mayBuy(1, PIECE, WINDOW, Remains.HOUR_NANOS)).isTrue();
  }

  @Test
  void aNetworkHasFourAwardsAtATime() {
    for (int i = 0; i < Remains.MOST_AWARDS; i++) {
      assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isTrue();
      remains.begin(1);
    }
    assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isFalse();
    remains.end(1, new Proof(), 0, PIECE, 0);
    assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isTrue();
  }

  /** As where a payee wants each block paid before: then the next piece needs all of it. */
  @Test
  void withoutAWindowNothingMayBePaidBefore() {
    award(1, 5, BLOCK, 0);
    assertThat(remains.mayBuy(1, PIECE, WINDOW, 0)).isTrue();
    assertThat(remains.mayBuy(1, PIECE, 0, 0)).isFalse();
  }
}
