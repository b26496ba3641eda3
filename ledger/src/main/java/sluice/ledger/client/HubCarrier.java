package sluice.ledger.client;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * How requests get to a hub: directly, or by the ways of a program that is bound or behind a proxy.
 * Any thread.
 */
public interface HubCarrier extends AutoCloseable {
  /** Longest answer, in bytes. */
  int MAX_ANSWER_BYTES = 4 << 20;

  /** Time for a request and its answer. */
  long TIMEOUT_NANOS = 30_000_000_000L;

  /** What the hub said. */
  record Answer(int status, String body) {}

  /**
   * Sends a GET or a POST, with {@code body} if that is not empty; an {@link IOException} says why
   * there is no answer.
   */
  Answer send(String method, URI target, String body, Map<String, String> headers)
      throws IOException, InterruptedException;

  @Override
  void close();

  /** From this machine to the hub. */
  static HubCarrier direct() {
    return new DirectCarrier();
  }
}
