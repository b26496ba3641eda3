package sluice.tron.devnet;

/** What goes wrong with one call of a node. */
public enum NodeFault {
  /** Nothing. */
  NONE,
  /** It is not to be reached; nothing was done. */
  UNAVAILABLE,
  /** The connection breaks before the answer; what was asked for is done. */
  ANSWER_LOST,
  /** The time is over; nothing was done. */
  TIMEOUT,
  /** The time is over; what was asked for is done. */
  TIMEOUT_DONE,
  /** It never answers. */
  SILENT,
  /** It has no time for a transaction. */
  BUSY,
  /** It says that it took a transaction, and forgets it. */
  FORGOTTEN,
  /** It passes a transaction on only some blocks later. */
  DELAYED,
  /** It passes a transaction on twice. */
  TWICE,
  /** It has not heard of anything: how a replica behind answers. */
  EMPTY;

  /** Whether it concerns transactions only. */
  public boolean isOfBroadcast() {
    return this == BUSY || this == FORGOTTEN || this == DELAYED || this == TWICE;
  }

  /** Whether the call is carried out. */
  boolean isDone() {
    return this == NONE || this == ANSWER_LOST || this == TIMEOUT_DONE || this == TWICE;
  }
}
