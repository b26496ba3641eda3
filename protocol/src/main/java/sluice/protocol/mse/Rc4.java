package sluice.protocol.mse;

/**
 * The RC4 cipher as MSE uses it: the first 1,024 bytes of the key stream are thrown away.
 *
 * <p>The state is kept as {@code int}s: no masks of signs are needed, which made it a third faster
 * than bytes and than the JDK's ARCFOUR; see docs/benchmarks.md.
 */
final class Rc4 {
  private static final int STATES = 256;
  private static final int MASK = STATES - 1;
  private static final int DISCARDED_BYTES = 1024;

  private final int[] state = new int[STATES];
  private int x;
  private int y;

  Rc4(byte[] key) {
    for (int i = 0; i < STATES; i++) {
      state[i] = i;
    }
    int j = 0;
    for (int i = 0; i < STATES; i++) {
      j = (j + state[i] + key[i % key.length]) & MASK;
      int swapped = state[i];
      state[i] = state[j];
      state[j] = swapped;
    }
    apply(new byte[DISCARDED_BYTES], 0, DISCARDED_BYTES);
  }

  /** Encrypts or decrypts {@code length} bytes from {@code from} in place. */
  void apply(byte[] bytes, int from, int length) {
    int[] s = state;
    int i = x;
    int j = y;
    int end = from + length;
    for (int k = from; k < end; k++) {
      i = (i + 1) & MASK;
      int a = s[i];
      j = (j + a) & MASK;
      int b = s[j];
      s[i] = b;
      s[j] = a;
      bytes[k] ^= (byte) s[(a + b) & MASK];
    }
    x = i;
    y = j;
  }
}
