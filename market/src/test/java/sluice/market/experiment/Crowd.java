package sluice.market.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import sluice.market.money.Price;

/** Downloaders who come one after the other, of one seed of the model, until all are done. */
final class Crowd {
  static final int BUYERS = 40;
  static final long FILE_BYTES = 32 << 20;
  private static final int ARRIVAL_ROUNDS = 60;
  private static final int MAX_ROUNDS = 10_000;
  private static final int MAX_VALUE = 1_000;

  private final List<Buyer> buyers = new ArrayList<>();
  final Seller seller;

  /** The same people for the same seed, whatever they meet. */
  Crowd(Seller.Setup setup, int payersPercent, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < BUYERS; i++) {
      boolean pays = random.nextInt(100) < payersPercent;
      boolean legacy = random.nextBoolean();
      int arrives = random.nextInt(ARRIVAL_ROUNDS);
      long floor = Seller.FLOOR.perMebibyte();
      Price value = new Price(random.nextLong(floor, MAX_VALUE));
      Buyer.Kind kind = pays ? Buyer.Kind.PAYER : legacy ? Buyer.Kind.LEGACY : Buyer.Kind.NON_PAYER;
      buyers.add(new Buyer(i, kind, arrives, value, Seller.FLOOR, FILE_BYTES));
    }
    seller = new Seller(setup, seed);
    for (int i = 0; i < MAX_ROUNDS && buyers.stream().anyMatch(b -> b.endRound < 0); i++) {
      seller.round(buyers);
    }
  }

  /** All are done. */
  boolean isDone() {
    return buyers.stream().allMatch(b -> b.endRound > 0 && b.leftBytes == 0);
  }

  long spentMicros() {
    return buyers.stream().mapToLong(b -> b.spentMicros).sum();
  }

  /** The median time of a kind in seconds; NaN if there is none. */
  double medianSeconds(Buyer.Kind kind) {
    int[] seconds =
        buyers.stream().filter(b -> b.kind == kind).mapToInt(Buyer::seconds).sorted().toArray();
    int n = seconds.length;
    return n == 0 ? Double.NaN : (seconds[(n - 1) / 2] + seconds[n / 2]) / 2.0;
  }

  /** When the last of all had everything, since the first round. */
  double lastSeconds() {
    return buyers.stream().mapToInt(b -> b.endRound).max().orElse(0) * Seller.ROUND_SECONDS;
  }

  @Override
  public String toString() {
    return Arrays.toString(buyers.stream().mapToInt(Buyer::seconds).toArray());
  }
}
