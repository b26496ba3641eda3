package sluice.tracker.http;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first line of a request and what matters of its header lines, as places in the bytes that
 * were read. Used again for each request of a loop.
 */
final class Head {
  /** Longest request. */
  static final int MAX_BYTES = 8_192;

  private static final byte[] VERSION_1_1 = ascii("HTTP/1.1");
  private static final byte[] VERSION_1_0 = ascii("HTTP/1.0");
  private static final byte[] CONNECTION = ascii("connection:");
  private static final byte[] LENGTH = ascii("content-length:");
  private static final byte[] ENCODING = ascii("transfer-encoding:");
  private static final byte[] UPGRADE = ascii("upgrade:");
  private static final byte[] WEBSOCKET = ascii("websocket");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] GET = ascii("get ");
  private static final byte[] HEAD = ascii("head ");

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EIGHT_ONES = 0x0101_0101_0101_0101L;
  private static final long EIGHT_RETURNS = '\r' * EIGHT_ONES;

  /** What is asked for; GET and HEAD may be answered quickly. */
  enum Method {
    GET,
    HEAD,
    OTHER
  }

  private final byte[] forwardHeader;

  byte[] bytes = {};
  Method method = Method.OTHER;
  int pathFrom;
  int pathTo;
  int queryTo;
  boolean keepsAlive;
  boolean hasBody;

  /** It wants to be a WebSocket, which may be at any path. */
  boolean upgrades;

  /** Where the value of the proxy's header is; nothing if both are the same. */
  int forwardedFrom;

  int forwardedTo;

  /**
   * A head that also looks for the header in which a proxy tells for whom it asks.
   *
   * @param forwardHeader its name; empty for none
   */
  Head(String forwardHeader) {
    this.forwardHeader =
        forwardHeader.isEmpty()
            ? new byte[0]
            : ascii(forwardHeader.toLowerCase(java.util.Locale.ROOT) + ":");
  }

  /** Reads {@code length} bytes, which end with an empty line; gives whether they are a request. */
  boolean read(byte[] from, int length) {
    bytes = from;
    hasBody = false;
    upgrades = false;
    forwardedFrom = 0;
    forwardedTo = 0;
    int lineEnd = lineEnd(0, length);
    return readFirst(lineEnd) && readLines(lineEnd + 2, length - 2);
  }

  private boolean readFirst(int end) {
    if (starts(0, end, GET)) {
      method = Method.GET;
      pathFrom = GET.length;
    } else if (starts(0, end, HEAD)) {
      method = Method.HEAD;
      pathFrom = HEAD.length;
    } else {
      method = Method.OTHER;
      pathFrom = 0;
      while (pathFrom < end && bytes[pathFrom] != ' ') {
        pathFrom++;
      }
      pathFrom++;
    }
    int versionFrom = end - VERSION_1_1.length;
    if (versionFrom <= pathFrom || bytes[versionFrom - 1] != ' ' || bytes[pathFrom] != '/') {
      return false;
    }
    if (same(versionFrom, VERSION_1_1)) {
      keepsAlive = true;
    } else if (same(versionFrom, VERSION_1_0)) {
      keepsAlive = false;
    } else {
      return false;
    }
    queryTo = versionFrom - 1;
    pathTo = pathFrom;
    while (pathTo < queryTo && bytes[pathTo] != '?') {
      pathTo++;
    }
    return true;
  }

  private boolean readLines(int from, int end) {
    int at = from;
    while (at < end) {
      int lineEnd = lineEnd(at, end);
      if (starts(at, lineEnd, CONNECTION)) {
        int value = skipBlanks(at + CONNECTION.length, lineEnd);
        if (starts(value, lineEnd, CLOSE)) {
          keepsAlive = false;
        } else if (starts(value, lineEnd, KEEP_ALIVE)) {
          keepsAlive = true;
        }
      } else if (starts(at, lineEnd, LENGTH)) {
        int value = skipBlanks(at + LENGTH.length, lineEnd);
        hasBody |= lineEnd - value != 1 || bytes[value] != '0';
      } else if (starts(at, lineEnd, ENCODING)) {
        hasBody = true;
      } else if (starts(at, lineEnd, UPGRADE)) {
        upgrades |= starts(skipBlanks(at + UPGRADE.length, lineEnd), lineEnd, WEBSOCKET);
      } else if (forwardHeader.length > 0 && starts(at, lineEnd, forwardHeader)) {
        forwardedFrom = at + forwardHeader.length;
        forwardedTo = lineEnd;
      }
      at = lineEnd + 2;
    }
    return true;
  }

  private int lineEnd(int from, int end) {
    int at = carriageReturn(from, end);
    while (at + 1 < end && bytes[at + 1] != '\n') {
      at = carriageReturn(at + 1, end);
    }
    return at + 1 < end ? at : end;
  }

  /** Where the first one is, looked for in eight bytes at a time; {@code end} if there is none. */
  private int carriageReturn(int from, int end) {
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long zeroes = (long) EIGHT_BYTES.get(bytes, at) ^ EIGHT_RETURNS;
      long found = (zeroes - EIGHT_ONES) & ~zeroes & (EIGHT_ONES << 7);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < end && bytes[at] != '\r') {
      at++;
    }
    return at;
  }

  private int skipBlanks(int from, int end) {
    int at = from;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return at;
  }

  /** Length of the first request's head with the empty line at its end; 0 if that is not there. */
  static int bytes(ByteBuf in) {
    int from = in.readerIndex();
    int end = Math.min(in.writerIndex(), from + MAX_BYTES + 1);
    int at = from;
    while (true) {
      int line = in.indexOf(at, end, (byte) '\n');
      if (line < 0) {
        return 0;
      }
      if (line - from >= 3 && in.getByte(line - 1) == '\r' && in.getByte(line - 2) == '\n') {
        return line + 1 - from;
      }
      at = line + 1;
    }
  }

  /** Whether the path ends with {@code name}, which starts with a slash. */
  boolean pathEnds(byte[] name) {
    return pathTo - pathFrom >= name.length && same(pathTo - name.length, name);
  }

  /** Path and query as text. */
  String target() {
    return new String(bytes, pathFrom, queryTo - pathFrom, StandardCharsets.ISO_8859_1);
  }

  private boolean same(int at, byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (bytes[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code word}, which is in lower case, is at {@code at} in any case. */
  private boolean starts(int at, int end, byte[] word) {
    if (end - at < word.length) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      int b = bytes[at + i];
      if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != word[i]) {
        return false;
      }
    }
    return true;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
