package sluice.engine.fake;

import java.util.SplittableRandom;
import sluice.engine.port.Entropy;

/** Chance that follows a seed. */
public final class FakeEntropy implements Entropy {
  private final SplittableRandom random;

  public FakeEntropy(long seed) {
    random = new SplittableRandom(seed);
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
