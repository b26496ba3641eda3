package sluice.sim.net;

import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import sluice.engine.port.Http;

/** An HTTP server of the simulated network. */
public interface Site {
  /** Answers a GET from {@code from}. */
  Answer get(InetAddress from, URI uri);

  /** Answers a request for a part of a file; without files it is not there. */
  default Part part(InetAddress from, Http.Range range) {
    return new Part(
        new Http.Answer.Refused(404, OptionalLong.empty(), OptionalLong.empty()),
        ByteBuffer.allocate(0),
        0);
  }

  /**
   * How a part of a file is answered.
   *
   * @param body the bytes of an {@link Http.Answer.Part}; fewer than announced are sent before the
   *     connection breaks
   * @param bytesPerSecond at which they come; 0 for at once
   */
  record Part(Http.Answer answer, ByteBuffer body, long bytesPerSecond) {}

  /** What a site does with a request. */
  sealed interface Answer {
    /** A whole response; each character of {@code latin1} is a byte of its body. */
    record Body(int status, String latin1) implements Answer {}

    /** The connection is refused. */
    record Refused() implements Answer {}

    /** There is never an answer. */
    record Silence() implements Answer {}
  }
}
