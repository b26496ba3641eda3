package sluice.engine.pick;

/** A piece is in exactly one of these states. */
public enum PieceState {
  /** Wanted, nothing of it is in memory. */
  ABSENT,
  /** Some blocks are asked for or received. */
  OPEN,
  /** All blocks are received; it is being verified and written. */
  COMMITTING,
  /** Verified and written. */
  HAVE,
  /** Not there and not wanted. */
  UNWANTED
}
