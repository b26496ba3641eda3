package sluice.engine.port;

/** Chance. In production it is unpredictable to others; in simulation it follows a seed. */
public interface Entropy {
  /** 64 random bits. */
  long nextLong();

  /** Uniform in {@code [0, bound)}; {@code bound} is positive. */
  int nextInt(int bound);

  /** Fills {@code bytes}. */
  void fill(byte[] bytes);
}
