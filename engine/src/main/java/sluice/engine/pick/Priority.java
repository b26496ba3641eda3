package sluice.engine.pick;

/** How much a file or a piece is wanted, from not at all to before all others. */
public enum Priority {
  /** Not wanted. */
  SKIP(0),
  LOW(1),
  NORMAL(2),
  HIGH(3),
  /** Before all others: the first and last pieces of files, if these are asked for. */
  FIRST(4);

  /** Number of priorities. */
  static final int LEVELS = 5;

  private static final Priority[] BY_LEVEL = values();

  private final byte level;

  Priority(int level) {
    this.level = (byte) level;
  }

  /** The priority at {@code level}. */
  static Priority of(int level) {
    return BY_LEVEL[level];
  }

  /** Its place from 0 up. */
  byte level() {
    return level;
  }

  /** Whether it is wanted at all. */
  public boolean isWanted() {
    return this != SKIP;
  }

  /** The higher one. */
  public Priority max(Priority other) {
    return other.level > level ? other : this;
  }
}
