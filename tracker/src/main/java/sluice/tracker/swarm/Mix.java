package sluice.tracker.swarm;

/** Hashing of words that strangers choose: who does not know the seed cannot aim at one slot. */
final class Mix {
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private Mix() {}

  /** Both halves of a product, folded: each bit of the result depends on all of the input. */
  static long of(long a, long b) {
    long x = a ^ ODD;
    long y = b ^ 0xD6E8FEB86659FD93L;
    long once = (x * y) ^ Math.unsignedMultiplyHigh(x, y);
    return (once * ODD) ^ Math.unsignedMultiplyHigh(once ^ x, ODD);
  }

  /** The next of a series of random numbers. */
  static long next(long random) {
    long x = random;
    x ^= x << 13;
    x ^= x >>> 7;
    x ^= x << 17;
    return x;
  }
}
