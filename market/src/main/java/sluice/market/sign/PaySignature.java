package sluice.market.sign;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * A signature of 65 bytes: r, s, v. Only the canonical form can be made: 0 &lt; r &lt; n, 0 &lt; s
 * &le; n/2, v 27 or 28.
 */
public final class PaySignature {
  public static final int BYTES = 65;
  private static final int WORD = 32;
  private static final int FIRST_V = 27;

  private final BigInteger r;
  private final BigInteger s;
  private final boolean oddY;

  private PaySignature(BigInteger r, BigInteger s, boolean oddY) {
    this.r = r;
    this.s = s;
    this.oddY = oddY;
  }

  /** The canonical signature of these bytes; empty if they are none. */
  public static Optional<PaySignature> of(byte[] bytes) {
    if (bytes.length != BYTES || (bytes[64] != FIRST_V && bytes[64] != FIRST_V + 1)) {
      return Optional.empty();
    }
    BigInteger r = new BigInteger(1, bytes, 0, WORD);
    BigInteger s = new BigInteger(1, bytes, WORD, WORD);
    boolean inRange =
        r.signum() > 0
            && r.compareTo(Curve.ORDER) < 0
            && s.signum() > 0
            && s.compareTo(Curve.HALF_ORDER) <= 0;
    return inRange
        ? Optional.of(new PaySignature(r, s, bytes[64] == FIRST_V + 1))
        : Optional.empty();
  }

  /** (r, s) made canonical: of the two equal signatures the one with the low s. */
  static PaySignature canonical(BigInteger r, BigInteger s, boolean oddY) {
    return s.compareTo(Curve.HALF_ORDER) > 0
        ? new PaySignature(r, Curve.ORDER.subtract(s), !oddY)
        : new PaySignature(r, s, oddY);
  }

  /** Who signed {@code digest} with this; empty if nobody can have. */
  public Optional<PayAddress> signer(Hash digest) {
    byte[] key = Curve.recover(digest.bytes(), r, s, oddY);
    return key == null ? Optional.empty() : Optional.of(PayAddress.ofPublicKey(key));
  }

  /** Whether {@code signer} signed {@code digest} with this. */
  public boolean isBy(PayAddress signer, Hash digest) {
    return signer(digest).filter(signer::equals).isPresent();
  }

  /** r, s, v. */
  public byte[] bytes() {
    byte[] out = new byte[BYTES];
    put(r, out, 0);
    put(s, out, WORD);
    out[64] = (byte) (oddY ? FIRST_V + 1 : FIRST_V);
    return out;
  }

  /** Writes 32 bytes, big-endian. */
  static void put(BigInteger number, byte[] out, int offset) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - WORD);
    int length = bytes.length - from;
    Arrays.fill(out, offset, offset + WORD - length, (byte) 0);
    System.arraycopy(bytes, from, out, offset + WORD - length, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PaySignature that
        && r.equals(that.r)
        && s.equals(that.s)
        && oddY == that.oddY;
  }

  @Override
  public int hashCode() {
    return 31 * r.hashCode() + s.hashCode();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
