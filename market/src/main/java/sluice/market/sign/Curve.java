package sluice.market.sign;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** secp256k1 (SEC 2) and the recovery of public keys from signatures (SEC 1, 4.1.6). */
final class Curve {
  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");
  static final ECDomainParameters DOMAIN =
      new ECDomainParameters(
          PARAMETERS.getCurve(), PARAMETERS.getG(), PARAMETERS.getN(), PARAMETERS.getH());
  static final BigInteger ORDER = DOMAIN.getN();
  static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private Curve() {}

  /** The uncompressed public key under which (r, s) signs {@code digest}; null if there is none. */
  static byte @Nullable [] recover(byte[] digest, BigInteger r, BigInteger s, boolean oddY) {
    ECPoint point = point(r, oddY);
    if (point == null) {
      return null;
    }
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger u1 = new BigInteger(1, digest).negate().multiply(inverse).mod(ORDER);
    BigInteger u2 = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), u1, point, u2).normalize();
    return key.isInfinity() ? null : key.getEncoded(false);
  }

  /** The point with this x, which is below the order; null if the curve has none. */
  private static @Nullable ECPoint point(BigInteger x, boolean oddY) {
    byte[] compressed = new byte[33];
    compressed[0] = (byte) (oddY ? 3 : 2);
    PaySignature.put(x, compressed, 1);
    try {
      return DOMAIN.getCurve().decodePoint(compressed);
    } catch (IllegalArgumentException e) {
      return null; // how the library says that x is not on the curve
    }
  }
}
