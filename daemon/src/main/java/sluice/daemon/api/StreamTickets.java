package sluice.daemon.api;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Parts of links that open one file to players, which send neither cookies nor keys. A ticket is a
 * time and a message authentication code of it and the file: nothing is remembered, and all end
 * with the daemon. Any thread.
 */
final class StreamTickets {
  private static final long LIFE_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES = 32;
  private static final int CODE_BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{1,15}-[0-9a-f]{32}");

  private final LongSupplier unixMillis;
  private final SecretKeySpec secret;

  /** Tickets whose time is told by {@code unixMillis}. */
  StreamTickets(LongSupplier unixMillis) {
    this.unixMillis = unixMillis;
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    secret = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** A ticket for a file of {@code torrent}, for a day. */
  String of(String torrent, int index) {
    return of(torrent, index, unixMillis.getAsLong() + LIFE_MILLIS);
  }

  /** Whether {@code ticket} is one of ours for that file, and its time is not over. */
  boolean opens(String ticket, String torrent, int index) {
    if (!FORM.matcher(ticket).matches()) {
      return false;
    }
    long until = Long.parseLong(ticket.substring(0, ticket.indexOf('-')), 16);
    byte[] right = of(torrent, index, until).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(right, ticket.getBytes(StandardCharsets.US_ASCII))
        && unixMillis.getAsLong() < until;
  }

  private String of(String torrent, int index, long until) {
    String said = Long.toHexString(until) + "/" + torrent + "/" + index;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] code = mac.doFinal(said.getBytes(StandardCharsets.UTF_8));
      return Long.toHexString(until) + "-" + HexFormat.of().formatHex(code, 0, CODE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
