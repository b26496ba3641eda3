package sluice.engine.port;

/**
 * Why an operation of a port failed.
 *
 * @param kind what the caller can decide by
 * @param detail one line for people, without stack trace or secrets
 */
public record Fault(Kind kind, String detail) {

  /** The causes that callers tell apart. */
  public enum Kind {
    /** Nobody listens, or the host refused. */
    REFUSED,
    TIMEOUT,
    /** No route, or the network is down. */
    UNREACHABLE,
    /** The other side closed or reset the connection. */
    CLOSED,
    /** The address is in use, not local or not permitted. */
    ADDRESS,
    /** The name does not resolve. */
    UNKNOWN_HOST,
    /** TLS failed: bad certificate, wrong host or no common protocol. */
    TLS,
    /** The answer breaks its protocol or exceeds a limit. */
    BAD_ANSWER,
    NO_SPACE,
    NO_PERMISSION,
    /** A file or folder is missing. */
    MISSING,
    /** Any other input or output error. */
    IO
  }
}
