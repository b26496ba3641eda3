package sluice.daemon.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import sluice.protocol.digest.Hash;

/** Secrets that nobody can guess, and what is kept of them. */
final class Secret {
  /** Characters of a secret: 256 bits. */
  static final int CHARS = 43;

  private static final int BYTES = 32;
  private static final SecureRandom CHANCE = new SecureRandom();

  private Secret() {}

  /** A fresh one, in characters that need no quoting anywhere. */
  static String fresh() {
    byte[] bytes = new byte[BYTES];
    CHANCE.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * What is kept of a secret: it cannot be turned back, and comparing it tells nothing of use, as
   * nobody can choose it. Slow hashing is for what people choose.
   */
  static String digest(String secret) {
    return Hash.sha256(secret.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
