package sluice.transport.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import sluice.protocol.proxy.Login;

/**
 * A login for each label: proxies such as Tor's keep streams with different logins apart. It tells
 * nothing about the label, and is another one after each start. Any thread.
 */
public final class Lanes {
  private static final int SALT_BYTES = 32;
  private static final int NAME_BYTES = 16;

  private final byte[] salt = new byte[SALT_BYTES];

  /** Logins that nobody else has. */
  public Lanes() {
    new SecureRandom().nextBytes(salt);
  }

  /** The login of what belongs to {@code label}. */
  public Login login(String label) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      byte[] digest = sha256.digest(label.getBytes(UTF_8));
      HexFormat hex = HexFormat.of();
      return new Login(
          hex.formatHex(digest, 0, NAME_BYTES), hex.formatHex(digest, NAME_BYTES, digest.length));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
