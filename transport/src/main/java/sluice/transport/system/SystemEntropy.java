package sluice.transport.system;

import java.security.SecureRandom;
import java.util.SplittableRandom;
import sluice.engine.port.Entropy;

/**
 * Chance from the system's secure source; bounded numbers, which only choose among equals, come
 * from a fast generator with a secure seed. One thread.
 */
public final class SystemEntropy implements Entropy {
  private final SecureRandom secure = new SecureRandom();
  private final SplittableRandom fast = new SplittableRandom(secure.nextLong());

  @Override
  public long nextLong() {
    return secure.nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return fast.nextInt(bound);
  }

  @Override
  public void fill(byte[] bytes) {
    secure.nextBytes(bytes);
  }
}
