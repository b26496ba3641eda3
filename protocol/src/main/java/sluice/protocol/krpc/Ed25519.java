package sluice.protocol.krpc;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures of mutable items (BEP 44), made and checked by the Java platform. */
public final class Ed25519 {
  public static final int KEY_BYTES = 32;
  public static final int SEED_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  private static final String NAME = "Ed25519";

  /** What precedes the 32 bytes of a public key in its X.509 form (RFC 8410). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  /** What precedes the 32 bytes of a private key in its PKCS #8 form (RFC 8410). */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private Ed25519() {}

  /** Whether {@code signature} is one of {@code message} under the public {@code key}. */
  public static boolean verify(byte[] key, byte[] message, byte[] signature) {
    if (key.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      PublicKey publicKey = keys().generatePublic(new X509EncodedKeySpec(join(X509, key)));
      Signature check = signatures();
      check.initVerify(publicKey);
      check.update(message);
      return check.verify(signature);
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
      // A key that is not a point, or a signature whose number is out of range.
      return false;
    }
  }

  /** Signs {@code message} with the private key that {@code seed}, 32 bytes, stands for. */
  public static byte[] sign(byte[] seed, byte[] message) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    try {
      Signature signature = signatures();
      signature.initSign(keys().generatePrivate(new PKCS8EncodedKeySpec(join(PKCS8, seed))));
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform does not sign", e);
    }
  }

  /** The public key in its X.509 form, as key generators give it, to its 32 bytes. */
  public static byte[] rawPublic(byte[] x509) {
    return raw(X509, x509);
  }

  /** The private key in its PKCS #8 form, as key generators give it, to the seed of 32 bytes. */
  public static byte[] rawSeed(byte[] pkcs8) {
    return raw(PKCS8, pkcs8);
  }

  private static byte[] raw(byte[] prefix, byte[] encoded) {
    byte[] raw = new byte[KEY_BYTES];
    if (encoded.length < prefix.length + raw.length) {
      throw new IllegalArgumentException("not a key of Ed25519");
    }
    System.arraycopy(encoded, prefix.length, raw, 0, raw.length);
    return raw;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static KeyFactory keys() {
    try {
      return KeyFactory.getInstance(NAME);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + NAME, e);
    }
  }

  private static Signature signatures() {
    try {
      return Signature.getInstance(NAME);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + NAME, e);
    }
  }
}
