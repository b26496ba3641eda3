package sluice.engine.count;

import sluice.engine.port.Fault;

/** Why a connection with a peer ended. */
public enum Ending {
  /** This side closed it. */
  OURS,
  /** The other side closed or reset it. */
  PEER,
  /** Nothing came for too long. */
  TIMEOUT,
  /** The peer broke the protocol. */
  PROTOCOL,
  /** The network failed. */
  NETWORK;

  /** What {@code fault} of its pipe says. */
  public static Ending of(Fault fault) {
    return switch (fault.kind()) {
      case CANCELLED -> OURS;
      case CLOSED -> PEER;
      case TIMEOUT -> TIMEOUT;
      case BAD_ANSWER -> PROTOCOL;
      case REFUSED,
          UNREACHABLE,
          ADDRESS,
          UNKNOWN_HOST,
          TLS,
          NO_SPACE,
          NO_PERMISSION,
          MISSING,
          ABSENT,
          OCCUPIED,
          IO ->
          NETWORK;
    };
  }
}
