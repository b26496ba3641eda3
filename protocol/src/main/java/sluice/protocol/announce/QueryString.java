package sluice.protocol.announce;

import java.nio.charset.StandardCharsets;

/** A URL that grows by parameters, escaped byte by byte as RFC 3986 wants it. */
final class QueryString {
  private static final String HEX = "0123456789ABCDEF";
  private static final String UNRESERVED = "-._~";
  private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

  private final StringBuilder url;
  private boolean separated;

  /** Starts with {@code base}, whose own query is kept and whose fragment is not. */
  QueryString(String base) {
    int fragment = base.indexOf('#');
    String whole = fragment < 0 ? base : base.substring(0, fragment);
    url = new StringBuilder(whole.length() + 256);
    appendLegal(whole);
    int query = whole.indexOf('?');
    if (query < 0) {
      url.append('?');
      separated = true;
    } else {
      char last = whole.charAt(whole.length() - 1);
      separated = query == whole.length() - 1 || last == '&';
    }
  }

  /** Adds a parameter with raw bytes. */
  QueryString add(String name, byte[] value) {
    if (!separated) {
      url.append('&');
    }
    separated = false;
    url.append(name).append('=');
    for (byte b : value) {
      char c = (char) (b & 0xff);
      if (isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0) {
        url.append(c);
      } else {
        escape(b);
      }
    }
    return this;
  }

  /** Adds a parameter with text. */
  QueryString add(String name, String value) {
    return add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a parameter with a number. */
  QueryString add(String name, long value) {
    return add(name, Long.toString(value));
  }

  @Override
  public String toString() {
    return url.toString();
  }

  /** What no URL may contain is escaped; escapes that are there stay. */
  private void appendLegal(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean legal =
          c == '%'
              ? i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2])
              : isAlphanumeric(c) || UNRESERVED.indexOf(c) >= 0 || RESERVED.indexOf(c) >= 0;
      if (legal) {
        url.append(c);
      } else {
        escape(bytes[i]);
      }
    }
  }

  private void escape(byte b) {
    url.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
  }

  private static boolean isHex(byte b) {
    return b > 0 && Character.digit((char) b, 16) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
