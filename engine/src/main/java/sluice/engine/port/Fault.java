package sluice.engine.port;

/**
 * Why an operation of a port failed.
 *
 * @param kind what the caller can decide by
 * @param detail one line for people, without stack trace or secrets
 */
public record Fault(Kind kind, String detail) {

  /** Whether a torrent that it stopped goes on by itself once the cause has passed. */
  public boolean mayPass() {
    return kind == Kind.NO_SPACE || kind == Kind.ABSENT;
  }

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
    /** The device or the quota is full; goes on when there is room. */
    NO_SPACE,
    NO_PERMISSION,
    /** A file or folder is missing. */
    MISSING,
    /** The folder of the torrent's files is missing or another one, as when a disk is unmounted. */
    ABSENT,
    /** Something that is not the torrent's is in the way. */
    OCCUPIED,
    /** The caller gave it up. */
    CANCELLED,
    /** Any other input or output error. */
    IO
  }
}
