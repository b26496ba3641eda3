package sluice.protocol.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes the two digests of BitTorrent; every Java platform is required to have them. */
public final class Digests {
  private Digests() {}

  /** A fresh SHA-1 digest. */
  public static MessageDigest sha1() {
    return named("SHA-1");
  }

  /** A fresh SHA-256 digest. */
  public static MessageDigest sha256() {
    return named("SHA-256");
  }

  private static MessageDigest named(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + algorithm, e);
    }
  }
}
