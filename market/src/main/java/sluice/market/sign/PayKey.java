package sluice.market.sign;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import sluice.protocol.digest.Hash;

/** A private key. It shows only its address; its text never holds the secret. */
public final class PayKey {
  private final ECPrivateKeyParameters secret;
  private final byte[] publicKey;
  private final PayAddress address;

  private PayKey(BigInteger number) {
    secret = new ECPrivateKeyParameters(number, Curve.DOMAIN);
    publicKey =
        new FixedPointCombMultiplier()
            .multiply(Curve.DOMAIN.getG(), number)
            .normalize()
            .getEncoded(false);
    address = PayAddress.ofPublicKey(publicKey);
  }

  /** The key of 32 secret bytes; empty if they are zero or not below the order of the curve. */
  public static Optional<PayKey> of(byte[] secret) {
    BigInteger number = new BigInteger(1, secret);
    return secret.length == Hash.SHA256_BYTES
            && number.signum() > 0
            && number.compareTo(Curve.ORDER) < 0
        ? Optional.of(new PayKey(number))
        : Optional.empty();
  }

  /** Its address. */
  public PayAddress address() {
    return address;
  }

  /** The Keccak-256 of its public coordinates: how a hub with this key is named. */
  public Hash identity() {
    return Keccak.of(Arrays.copyOfRange(publicKey, 1, publicKey.length));
  }

  /** Signs {@code digest}; the same digest gives the same signature (RFC 6979). */
  public PaySignature sign(Hash digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, secret);
    byte[] bytes = digest.bytes();
    BigInteger[] rs = signer.generateSignature(bytes);
    boolean oddY = !Arrays.equals(publicKey, Curve.recover(bytes, rs[0], rs[1], false));
    return PaySignature.canonical(rs[0], rs[1], oddY);
  }

  /** Its public key: 33 bytes, 2 or 3 before x. */
  public byte[] publicKey() {
    byte[] out = Arrays.copyOf(publicKey, 1 + Hash.SHA256_BYTES);
    out[0] = (byte) (2 + (publicKey[publicKey.length - 1] & 1));
    return out;
  }

  /** The key whose number is that of this one plus {@code number}, as BIP 32 derives keys. */
  public Optional<PayKey> plus(byte[] number) {
    BigInteger added = new BigInteger(1, number);
    BigInteger sum = secret.getD().add(added).mod(Curve.ORDER);
    return number.length == Hash.SHA256_BYTES
            && added.compareTo(Curve.ORDER) < 0
            && sum.signum() > 0
        ? Optional.of(new PayKey(sum))
        : Optional.empty();
  }

  /** The secret bytes, for a keystore that encrypts them. */
  public byte[] secret() {
    byte[] out = new byte[Hash.SHA256_BYTES];
    PaySignature.put(secret.getD(), out, 0);
    return out;
  }

  @Override
  public String toString() {
    return "key of " + address;
  }
}
