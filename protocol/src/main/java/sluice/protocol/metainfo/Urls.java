package sluice.protocol.metainfo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** Cleans URLs and host names from torrents and magnets, without resolving them. Pure. */
public final class Urls {
  /** Longest URL that is kept. */
  public static final int MAX_LENGTH = 4_096;

  private static final int MAX_HOST_LENGTH = 255;
  private static final String HEX = "0123456789ABCDEF";

  private Urls() {}

  /** {@code url} without white space around it; empty if nothing usable is left. */
  public static Optional<String> cleaned(String url) {
    String text = url.strip();
    boolean usable = !text.isEmpty() && text.length() <= MAX_LENGTH;
    return usable && text.chars().noneMatch(Character::isISOControl)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** {@code url} with the characters that no URL may have as percent escapes. */
  public static String escaped(String url) {
    StringBuilder out = new StringBuilder(url.length());
    for (byte b : url.getBytes(UTF_8)) {
      int c = b & 0xFF;
      if (c <= ' ' || c >= 0x7F || "\"<>\\^`{|}".indexOf(c) >= 0) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else {
        out.append((char) c);
      }
    }
    return out.toString();
  }

  /** {@code host} if it can be a host name or a literal address, without brackets. */
  public static Optional<String> host(String host) {
    String text =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    boolean usable = !text.isEmpty() && text.length() <= MAX_HOST_LENGTH;
    return usable && text.chars().allMatch(Urls::isHostCharacter)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean isHostCharacter(int c) {
    return c >= 0x80
        ? Character.isLetterOrDigit(c)
        : Character.isLetterOrDigit(c) || ".-_:%".indexOf(c) >= 0;
  }
}
