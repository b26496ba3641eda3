package sluice.engine.session;

/** Something that the user wants of one torrent. */
public sealed interface Command {
  /** Let it run when it is its turn; a torrent that is faulted tries again. */
  record Start() implements Command {}

  /** The same, outside the limits of the queue. */
  record Force() implements Command {}

  /** Leave the swarm and close the files; the torrent stays registered. */
  record Stop() implements Command {}

  /** Compare all data with the hashes, whatever is known about them. A stopped one stays so. */
  record Recheck() implements Command {}

  /** Forget the torrent. */
  record Remove() implements Command {}
}
