package sluice.protocol.mse;

import java.nio.ByteBuffer;

/** What is to be done after a step of an MSE handshake. */
public sealed interface MseStep {
  /** Send {@code bytes}, which may be none, and feed what comes. */
  record Continue(ByteBuffer bytes) implements MseStep {}

  /**
   * Call {@link MseHandshake#work} when its cost, at most 0.1 to 0.2 milliseconds, can be afforded;
   * go on feeding what comes meanwhile.
   */
  record Work() implements MseStep {}

  /**
   * It is done. Send {@code bytes}; all that is sent after them goes through {@code outgoing}, and
   * what comes, from the first byte that was not taken on, through {@code incoming}.
   */
  record Done(ByteBuffer bytes, StreamCipher incoming, StreamCipher outgoing) implements MseStep {}

  /** The peer does not speak MSE, or not what is wanted: close. */
  record Failed(String reason) implements MseStep {}
}
