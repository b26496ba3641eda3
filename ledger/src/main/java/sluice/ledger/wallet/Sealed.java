package sluice.ledger.wallet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;

/**
 * A secret that a password opens: scrypt (RFC 7914) makes a key of the password, AES-256-GCM
 * encrypts, and the address is authenticated with it.
 *
 * @param cost scrypt's N, a power of two; it takes N KiB of memory
 */
record Sealed(PayAddress address, int cost, BString salt, BString nonce, BString cipherText) {
  static final int SALT_BYTES = 32;
  static final int NONCE_BYTES = 12;
  static final int CIPHER_BYTES = 48;

  /** 128 MiB of memory. */
  static final int COST = 1 << 17;

  static final int MIN_COST = 1 << 14;
  static final int MAX_COST = 1 << 20;
  private static final int BLOCK_SIZE = 8;
  private static final int KEY_BYTES = 32;
  private static final int TAG_BITS = 128;

  static Sealed seal(
      PayAddress address, byte[] secret, byte[] password, int cost, byte[] salt, byte[] nonce) {
    try {
      byte[] text = crypt(true, address, secret, password, cost, salt, nonce);
      return new Sealed(address, cost, BString.of(salt), BString.of(nonce), BString.of(text));
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The secret; empty if the password is not the one. */
  Optional<byte[]> open(byte[] password) {
    try {
      return Optional.of(
          crypt(false, address, cipherText.bytes(), password, cost, salt.bytes(), nonce.bytes()));
    } catch (InvalidCipherTextException e) {
      return Optional.empty();
    }
  }

  private static byte[] crypt(
      boolean encrypts,
      PayAddress address,
      byte[] in,
      byte[] password,
      int cost,
      byte[] salt,
      byte[] nonce)
      throws InvalidCipherTextException {
    byte[] key = SCrypt.generate(password, salt, cost, BLOCK_SIZE, 1, KEY_BYTES);
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    byte[] bound = address.hex().getBytes(US_ASCII);
    cipher.init(encrypts, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, bound));
    Arrays.fill(key, (byte) 0);
    byte[] out = new byte[cipher.getOutputSize(in.length)];
    int length = cipher.processBytes(in, 0, in.length, out, 0);
    cipher.doFinal(out, length);
    return out;
  }

  @Override
  public String toString() {
    return "sealed key of " + address + ", salt " + HexFormat.of().formatHex(salt.bytes());
  }
}
