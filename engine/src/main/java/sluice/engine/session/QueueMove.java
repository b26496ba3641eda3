package sluice.engine.session;

/** Where a torrent is to stand in the queue. */
public sealed interface QueueMove {
  /** Before all others. */
  record Top() implements QueueMove {}

  /** One place towards the top. */
  record Up() implements QueueMove {}

  /** One place towards the bottom. */
  record Down() implements QueueMove {}

  /** Behind all others. */
  record Bottom() implements QueueMove {}

  /** With {@code before} others before it, or behind all if there are fewer. */
  record To(int before) implements QueueMove {
    public To {
      if (before < 0) {
        throw new IllegalArgumentException("a place before the top: " + before);
      }
    }
  }
}
