package sluice.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** How fast the JDK's SHA-1 is on all cores at once, with everything in memory. */
final class HashSpeed {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int WARM_UP_CHUNKS = 400;
  private static final int CHUNKS = 1_000;

  private HashSpeed() {}

  /** Bytes per second, the best of {@code rounds}. */
  static double sha1BytesPerSecond(int rounds) {
    int cores = Runtime.getRuntime().availableProcessors();
    hash(cores, WARM_UP_CHUNKS);
    double best = 0;
    for (int i = 0; i < rounds; i++) {
      best = Math.max(best, (double) cores * CHUNKS * CHUNK_BYTES / hash(cores, CHUNKS));
    }
    return best;
  }

  private static double hash(int threads, int chunks) {
    long start = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(Thread.ofPlatform().start(() -> hash(chunks)));
    }
    try {
      for (Thread thread : all) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void hash(int chunks) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int i = 0; i < chunks; i++) {
        digest.update(chunk);
        chunk[0] = digest.digest()[0];
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
