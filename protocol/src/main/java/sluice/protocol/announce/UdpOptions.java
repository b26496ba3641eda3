package sluice.protocol.announce;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The options after an announce over UDP (BEP 41), of which only the URL data mean anything. */
final class UdpOptions {
  private static final int END = 0;
  private static final int NOP = 1;
  private static final int URL_DATA = 2;
  private static final int MAX_CHUNK = 255;

  /** URL data beyond this are not sent and not read. */
  static final int MAX_URL_BYTES = 1_020;

  private UdpOptions() {}

  /** Path and query of {@code announceUrl}, or nothing when they tell nothing. */
  static String urlData(String announceUrl) {
    String url = announceUrl.strip();
    int fragment = url.indexOf('#');
    String whole = fragment < 0 ? url : url.substring(0, fragment);
    int scheme = whole.indexOf("://");
    String rest = scheme < 0 ? whole : whole.substring(scheme + 3);
    int start = 0;
    while (start < rest.length() && rest.charAt(start) != '/' && rest.charAt(start) != '?') {
      start++;
    }
    String data = rest.substring(start);
    boolean plain = data.isEmpty() || data.equals("/") || data.equals("/announce");
    return plain || data.getBytes(StandardCharsets.UTF_8).length > MAX_URL_BYTES ? "" : data;
  }

  static byte[] encode(String urlData) {
    byte[] data = urlData.getBytes(StandardCharsets.UTF_8);
    if (data.length > MAX_URL_BYTES) {
      throw new IllegalArgumentException("URL data of " + data.length + " bytes");
    }
    int chunks = (data.length + MAX_CHUNK - 1) / MAX_CHUNK;
    ByteBuffer out = ByteBuffer.allocate(data.length + 2 * chunks);
    for (int at = 0; at < data.length; at += MAX_CHUNK) {
      int n = Math.min(MAX_CHUNK, data.length - at);
      out.put((byte) URL_DATA).put((byte) n).put(data, at, n);
    }
    return out.array();
  }

  /** The URL data in the remaining bytes; nothing when the options are broken. */
  static Optional<String> decode(ByteBuffer in) {
    ByteBuffer data = ByteBuffer.allocate(Math.min(in.remaining(), MAX_URL_BYTES));
    while (in.hasRemaining()) {
      int option = in.get() & 0xff;
      if (option == END) {
        break;
      }
      if (option == NOP) {
        continue;
      }
      int length = in.hasRemaining() ? in.get() & 0xff : 1;
      if (length > in.remaining()) {
        return Optional.empty();
      }
      if (option == URL_DATA) {
        if (length > data.remaining()) {
          return Optional.empty();
        }
        data.put(in.slice(in.position(), length));
      }
      in.position(in.position() + length);
    }
    return Optional.of(new String(data.array(), 0, data.position(), StandardCharsets.UTF_8));
  }
}
