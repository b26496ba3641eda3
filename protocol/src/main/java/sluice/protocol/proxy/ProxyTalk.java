package sluice.protocol.proxy;

import java.nio.ByteBuffer;

/** What is said to a proxy until it passes bytes on. One thread. */
public interface ProxyTalk {
  /** The first bytes to send. */
  byte[] opening();

  /**
   * Takes bytes of the proxy, up to the end of one message: it is to be called again while bytes
   * are left, but not after the end or a refusal. What follows the end is left in {@code in}.
   */
  Step feed(ByteBuffer in);

  /** What is to be done next. */
  sealed interface Step {
    /** Send these bytes, if any, and wait for an answer. */
    record Send(ByteBuffer bytes) implements Step {}

    /** The proxy does it. {@code bound} is the address that it uses, if it tells. */
    record Done(Destination bound) implements Step {}

    /** The proxy does not. */
    record Refused(Reason reason, String detail) implements Step {}
  }

  /** Why not. */
  enum Reason {
    /** The destination refuses connections. */
    REFUSED,
    UNREACHABLE,
    TIMEOUT,
    /** The login is missing or wrong, or the rules of the proxy forbid it. */
    FORBIDDEN,
    /** What the proxy says is not of its protocol. */
    MALFORMED
  }
}
