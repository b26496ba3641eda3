package sluice.market.sign;

import java.util.Arrays;
import sluice.protocol.digest.Hash;

/**
 * The address of a public key: the last 20 bytes of the Keccak-256 of its coordinates. TRON writes
 * the same bytes behind 0x41.
 */
public record PayAddress(Hash bytes) {
  public static final int BYTES = Hash.SHA1_BYTES;

  public PayAddress {
    if (bytes.length() != BYTES) {
      throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.length());
    }
  }

  /** The address of 20 bytes. */
  public static PayAddress of(byte[] bytes) {
    return new PayAddress(Hash.of(bytes));
  }

  /** The address of 40 hexadecimal digits. */
  public static PayAddress ofHex(String hex) {
    return new PayAddress(Hash.ofHex(hex));
  }

  /** The address of a public key of 65 bytes: 4, x, y. */
  static PayAddress ofPublicKey(byte[] uncompressed) {
    byte[] digest = Keccak.of(Arrays.copyOfRange(uncompressed, 1, 65)).bytes();
    return of(Arrays.copyOfRange(digest, digest.length - BYTES, digest.length));
  }

  /** 40 hexadecimal digits. */
  public String hex() {
    return bytes.hex();
  }

  @Override
  public String toString() {
    return hex();
  }
}
