package sluice.market.sign;

import java.math.BigInteger;
import java.util.Optional;
import sluice.protocol.digest.Hash;

/**
 * Signatures as chains take them: v may be 0, 1, 27 or 28, s high or low. Nothing may be known by
 * the bytes of one, as there are several of one key over one digest.
 */
public final class AnySignature {
  private static final int WORD = 32;
  private static final int FIRST_V = 27;

  private AnySignature() {}

  /** Who signed {@code digest} with r, s, v; empty if nobody can have. */
  public static Optional<PayAddress> signer(byte[] rsv, Hash digest) {
    if (rsv.length != PaySignature.BYTES) {
      return Optional.empty();
    }
    int v = rsv[2 * WORD] >= FIRST_V ? rsv[2 * WORD] - FIRST_V : rsv[2 * WORD];
    BigInteger r = new BigInteger(1, rsv, 0, WORD);
    BigInteger s = new BigInteger(1, rsv, WORD, WORD);
    if (v < 0 || v > 1 || !isScalar(r) || !isScalar(s)) {
      return Optional.empty();
    }
    byte[] key = Curve.recover(digest.bytes(), r, s, v == 1);
    return key == null ? Optional.empty() : Optional.of(PayAddress.ofPublicKey(key));
  }

  private static boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(Curve.ORDER) < 0;
  }
}
