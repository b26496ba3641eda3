package sluice.state.record;

/** What the user wants a torrent to do. */
public enum Wanted {
  /** Nothing. */
  STOPPED(0),
  /** Run when the queue gives it its turn. */
  QUEUED(1),
  /** Run. */
  STARTED(2),
  /** Run whatever the queue and its limits say. */
  FORCED(3);

  private final int code;

  Wanted(int code) {
    this.code = code;
  }

  /** The number that stands for it in the database. */
  public int code() {
    return code;
  }

  /**
   * What {@code code} stands for.
   *
   * @throws RecordException when it stands for nothing
   */
  public static Wanted of(long code) {
    return switch (Math.clamp(code, -1, 4)) {
      case 0 -> STOPPED;
      case 1 -> QUEUED;
      case 2 -> STARTED;
      case 3 -> FORCED;
      default -> throw new RecordException("no wanted state " + code);
    };
  }
}
