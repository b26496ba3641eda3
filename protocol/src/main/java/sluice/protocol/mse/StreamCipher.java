package sluice.protocol.mse;

/**
 * One direction of a connection after its MSE handshake: RC4 for all that follows, or for a number
 * of bytes behind which the stream is plain.
 */
public final class StreamCipher {
  private static final long ALL = Long.MAX_VALUE;

  private final Rc4 rc4;
  private long left;

  private StreamCipher(Rc4 rc4, long left) {
    this.rc4 = rc4;
    this.left = left;
  }

  static StreamCipher all(Rc4 rc4) {
    return new StreamCipher(rc4, ALL);
  }

  static StreamCipher first(Rc4 rc4, long bytes) {
    return new StreamCipher(rc4, bytes);
  }

  /** Whether all that follows is plain. */
  public boolean isPlain() {
    return left == 0;
  }

  /** Encrypts or decrypts the next {@code length} bytes of the stream in place. */
  public void apply(byte[] bytes, int from, int length) {
    int covered = (int) Math.min(length, left);
    rc4.apply(bytes, from, covered);
    if (left != ALL) {
      left -= covered;
    }
  }
}
