package sluice.sim.world;

import java.util.SplittableRandom;
import sluice.engine.port.Entropy;

/**
 * A random generator with a place in the tree of a seed: what it gives depends on the seed and its
 * path alone, so that a consumer more or less elsewhere shifts nothing here.
 */
public final class Chance implements Entropy {
  private final long seed;
  private final SplittableRandom random;

  /** The root of the tree of {@code seed}. */
  public Chance(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  /** The generator below this one that is called {@code name}; the same for the same name. */
  public Chance child(String name) {
    long mixed = Mix.of(seed);
    for (int i = 0; i < name.length(); i++) {
      mixed = Mix.of(mixed ^ name.charAt(i));
    }
    return new Chance(mixed);
  }

  /** True with {@code probability}, which is from 0 to 1. */
  public boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Uniform in {@code [low, high]}. */
  public int between(int low, int high) {
    return low + nextInt(high - low + 1);
  }

  /** Uniform in {@code [0, bound)}, or 0 when {@code bound} is 0. */
  public long nextLong(long bound) {
    return bound == 0 ? 0 : random.nextLong(bound);
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
