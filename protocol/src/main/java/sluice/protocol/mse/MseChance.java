package sluice.protocol.mse;

/** The random part of one side of an MSE handshake. */
public final class MseChance {
  /** Length of the private key. */
  public static final int EXPONENT_BYTES = DhKey.EXPONENT_BYTES;

  /** Most bytes of a pad. */
  public static final int MAX_PAD_BYTES = 512;

  private final byte[] exponent;
  private final byte[] pad;
  private final int innerPadBytes;

  /**
   * Takes over the arrays.
   *
   * @param exponent {@link #EXPONENT_BYTES} random bytes: the private key
   * @param pad at most {@link #MAX_PAD_BYTES} random bytes that follow the public key
   * @param innerPadBytes how many zeroes, at most {@link #MAX_PAD_BYTES}, follow in the encrypted
   *     part
   */
  public MseChance(byte[] exponent, byte[] pad, int innerPadBytes) {
    if (exponent.length != EXPONENT_BYTES
        || pad.length > MAX_PAD_BYTES
        || innerPadBytes < 0
        || innerPadBytes > MAX_PAD_BYTES) {
      throw new IllegalArgumentException("out of the range of MSE");
    }
    this.exponent = exponent;
    this.pad = pad;
    this.innerPadBytes = innerPadBytes;
  }

  byte[] exponent() {
    return exponent;
  }

  byte[] pad() {
    return pad;
  }

  int innerPadBytes() {
    return innerPadBytes;
  }
}
