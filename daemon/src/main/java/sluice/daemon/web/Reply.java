package sluice.daemon.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request. */
public sealed interface Reply {
  /** Status of HTTP. */
  int status();

  /** Headers by name. */
  Map<String, String> headers();

  /** The same with one more header. */
  Reply with(String name, String value);

  /** One whose bytes are there. */
  @SuppressWarnings("ArrayRecordComponent") // sent once and never compared
  record Whole(int status, Map<String, String> headers, byte[] body) implements Reply {
    public Whole {
      headers = Map.copyOf(headers);
    }

    @Override
    public Whole with(String name, String value) {
      return new Whole(status, plus(headers, name, value), body);
    }
  }

  /**
   * One whose bytes come bit by bit.
   *
   * @param length how many there will be; negative if that is not known
   */
  record Streamed(int status, Map<String, String> headers, long length, Body body)
      implements Reply {
    public Streamed {
      headers = Map.copyOf(headers);
    }

    @Override
    public Streamed with(String name, String value) {
      return new Streamed(status, plus(headers, name, value), length, body);
    }
  }

  /** Writes the bytes of an answer, in the thread of the request. */
  @FunctionalInterface
  interface Body {
    /** Writes all of them; whoever reads may have gone, which is an {@link IOException}. */
    void to(OutputStream out) throws IOException;
  }

  /** Text of a type such as {@code text/plain; charset=UTF-8}. */
  static Whole of(int status, String type, String text) {
    return new Whole(status, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
  }

  /** Plain text. */
  static Whole text(String text) {
    return of(200, "text/plain; charset=UTF-8", text);
  }

  /** Nothing but success. */
  static Whole empty() {
    return new Whole(204, Map.of(), new byte[0]);
  }

  private static Map<String, String> plus(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return more;
  }
}
