package sluice.protocol.lsd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;

/**
 * {@link LsdMessage} to a datagram and back (BEP 14), which looks like the head of an HTTP request.
 * Anybody in the local network can send a datagram: what is no message gives nothing. Pure, any
 * thread.
 */
public final class LsdCodec {
  /** Largest datagram that is read or made. */
  public static final int MAX_BYTES = 1_400;

  private static final String FIRST = "BT-SEARCH * HTTP/1.1";
  private static final String END = "\r\n";
  private static final int MAX_LINES = 64;
  private static final int MAX_PORT_DIGITS = 5;

  private LsdCodec() {}

  /** Reads the remaining bytes of {@code datagram}, which stay unread. */
  public static Optional<LsdMessage> decode(ByteBuffer datagram) {
    if (datagram.remaining() > MAX_BYTES) {
      return Optional.empty();
    }
    String text = ISO_8859_1.decode(datagram.duplicate()).toString();
    String[] lines = text.split("\r\n", MAX_LINES);
    if (!lines[0].equals(FIRST)) {
      return Optional.empty();
    }
    int port = 0;
    List<Hash> hashes = new ArrayList<>();
    Optional<String> cookie = Optional.empty();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).strip();
      switch (name) {
        case "port" -> port = port(value);
        case "infohash" -> {
          if (isHash(value) && hashes.size() < LsdMessage.MAX_HASHES) {
            hashes.add(Hash.ofHex(value.toLowerCase(Locale.ROOT)));
          }
        }
        case "cookie" -> {
          if (value.length() <= LsdMessage.MAX_COOKIE_CHARS) {
            cookie = Optional.of(value);
          }
        }
        default -> {
          // Others, such as the host, say nothing that is of use.
        }
      }
    }
    return port == 0 || hashes.isEmpty()
        ? Optional.empty()
        : Optional.of(new LsdMessage(port, hashes, cookie));
  }

  private static int port(String digits) {
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9 || i >= MAX_PORT_DIGITS) {
        return 0;
      }
      port = 10 * port + digit;
    }
    return port <= 65_535 ? port : 0;
  }

  private static boolean isHash(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (c >= 0x80 || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return hex.length() == 2 * Hash.SHA1_BYTES;
  }

  /** The datagram to {@code group}. */
  public static ByteBuffer encode(LsdMessage message, Endpoint group) {
    StringBuilder text = new StringBuilder(FIRST).append(END);
    text.append("Host: ").append(group).append(END);
    text.append("Port: ").append(message.port()).append(END);
    for (Hash hash : message.hashes()) {
      text.append("Infohash: ").append(hash.hex()).append(END);
    }
    message.cookie().ifPresent(cookie -> text.append("cookie: ").append(cookie).append(END));
    return ByteBuffer.wrap(text.append(END).append(END).toString().getBytes(ISO_8859_1));
  }
}
