package sluice.engine.dht;

import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import sluice.engine.port.Entropy;
import sluice.protocol.bencode.BString;

/**
 * Tokens that prove that somebody receives at an address: a keyed digest of it, so that nothing is
 * kept for each. The key is turned every five minutes, and the one before is good, too (BEP 5).
 * Loop only.
 */
final class Tokens {
  static final long TURN_NANOS = 5 * 60_000_000_000L;
  static final int BYTES = 8;

  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final Entropy entropy;
  private Mac current;
  private Mac before;
  private long turnedNanos;

  Tokens(Entropy entropy, long now) {
    this.entropy = entropy;
    this.current = fresh();
    this.before = fresh();
    this.turnedNanos = now;
  }

  /** The token for {@code address}. */
  BString give(InetAddress address, long now) {
    turn(now);
    return BString.of(token(current, address));
  }

  /** Whether {@code shown} was given to {@code address} at most ten minutes ago. */
  boolean accepts(BString shown, InetAddress address, long now) {
    turn(now);
    byte[] bytes = shown.bytes();
    return MessageDigest.isEqual(bytes, token(current, address))
        || MessageDigest.isEqual(bytes, token(before, address));
  }

  private void turn(long now) {
    long turns = (now - turnedNanos) / TURN_NANOS;
    if (turns > 0) {
      before = turns == 1 ? current : fresh();
      current = fresh();
      turnedNanos += turns * TURN_NANOS;
    }
  }

  private static byte[] token(Mac key, InetAddress address) {
    return Arrays.copyOf(key.doFinal(address.getAddress()), BYTES);
  }

  private Mac fresh() {
    byte[] key = new byte[KEY_BYTES];
    entropy.fill(key);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks " + ALGORITHM, e);
    }
  }
}
