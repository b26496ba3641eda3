package sluice.state.fault;

import org.jspecify.annotations.Nullable;

/** Says why the state could not be opened, read or written. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong. */
  public enum Kind {
    /** Another process, or another store of this one, has the folder open. */
    LOCKED,
    /** The database is damaged and there is no usable copy of it. */
    DAMAGED,
    /** The database was made by a later version of the program. */
    NEWER,
    /** There is no room. The store stays usable and goes on when there is some. */
    DISK_FULL,
    /** A file could not be read or written for another reason than room. */
    IO,
    /** A torrent with the same info-hash is there. */
    DUPLICATE,
    /** No torrent has this number. */
    UNKNOWN_TORRENT,
    /** A value does not fit its bounds. */
    TOO_LARGE,
    /** More writes wait than may; ask again after {@code StateStore.awaitRoom}. */
    BUSY,
    /** The store was closed. */
    CLOSED
  }

  private final Kind kind;

  public StateException(Kind kind, String message) {
    this(kind, message, null);
  }

  public StateException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
