package sluice.market.experiment;

/**
 * How a seller's uplink is divided among those who are served, as the program's rate limiter does
 * it: those who pay get together what is not kept free, however many they are, and what either side
 * does not take the other gets. Bytes a second for each.
 */
record Rates(long paid, long free) {
  static Rates of(int freePermille, long paying, long others) {
    if (paying == 0) {
      return new Rates(0, each(Seller.UPLINK, others));
    }
    long sold = others == 0 ? Seller.UPLINK : Seller.UPLINK * (1_000 - freePermille) / 1_000;
    long free = each(Seller.UPLINK - paying * each(sold, paying), others);
    return new Rates(each(Seller.UPLINK - others * free, paying), free);
  }

  private static long each(long uplink, long count) {
    return count == 0 ? 0 : Math.min(Seller.DOWNLINK, uplink / count);
  }
}
