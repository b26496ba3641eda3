package sluice.sim.net;

import java.net.InetAddress;
import java.net.URI;

/** An HTTP server of the simulated network. */
public interface Site {
  /** Answers a GET from {@code from}. */
  Answer get(InetAddress from, URI uri);

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
