package sluice.protocol.mse;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** A Diffie-Hellman key of MSE: generator 2, a prime of 768 bits, exponents of 160 bits. */
final class DhKey {
  /** Length of public keys and secrets, which are padded with zeroes on the left. */
  static final int BYTES = 96;

  /** Length of the exponent. */
  static final int EXPONENT_BYTES = 20;

  private static final BigInteger PRIME =
      new BigInteger(
          "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
              + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
              + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563",
          16);
  private static final BigInteger LARGEST = PRIME.subtract(BigInteger.TWO);

  private final BigInteger exponent;

  DhKey(byte[] exponent) {
    if (exponent.length != EXPONENT_BYTES) {
      throw new IllegalArgumentException("an exponent of " + exponent.length + " bytes");
    }
    this.exponent = new BigInteger(1, exponent);
  }

  /** The public key. Costs about 50 microseconds. */
  byte[] publicKey() {
    return padded(BigInteger.TWO.modPow(exponent, PRIME));
  }

  /**
   * The secret shared with the owner of the public key {@code theirs}; empty if that is 0, 1, P - 1
   * or not below P, which would give the secret away. Costs about 50 microseconds.
   */
  Optional<byte[]> secret(byte[] theirs) {
    BigInteger key = new BigInteger(1, theirs);
    if (key.compareTo(BigInteger.TWO) < 0 || key.compareTo(LARGEST) > 0) {
      return Optional.empty();
    }
    return Optional.of(padded(key.modPow(exponent, PRIME)));
  }

  /** {@link BigInteger#toByteArray} drops leading zeroes, and adds one in front of a set bit. */
  private static byte[] padded(BigInteger number) {
    byte[] raw = number.toByteArray();
    if (raw.length > BYTES) {
      return Arrays.copyOfRange(raw, raw.length - BYTES, raw.length);
    }
    byte[] out = new byte[BYTES];
    System.arraycopy(raw, 0, out, BYTES - raw.length, raw.length);
    return out;
  }
}
