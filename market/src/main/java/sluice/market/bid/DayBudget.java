package sluice.market.bid;

/**
 * Money that may be spent within a day of UTC. What is set aside before midnight and spent after it
 * counts for the day on which it is spent. One thread.
 */
public final class DayBudget {
  private long limitMicros;
  private long day;
  private long spentMicros;
  private long reservedMicros;

  /**
   * A budget of which a part is gone.
   *
   * @param day that it is, as a number since 1970
   * @param spentMicros what was spent on that day
   */
  public DayBudget(long limitMicros, long day, long spentMicros) {
    if (limitMicros < 0 || spentMicros < 0) {
      throw new IllegalArgumentException("a day's " + limitMicros + ", spent " + spentMicros);
    }
    this.limitMicros = limitMicros;
    this.day = day;
    this.spentMicros = spentMicros;
  }

  /** Changes the limit; what is spent or set aside stays so. */
  public void limit(long micros) {
    if (micros < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + micros);
    }
    limitMicros = micros;
  }

  private void turn(long today) {
    if (today > day) {
      day = today;
      spentMicros = 0;
    }
  }

  /** What is neither spent today nor set aside. */
  public long freeMicros(long today) {
    turn(today);
    return Math.max(0, limitMicros - spentMicros - reservedMicros);
  }

  /** Sets aside what is free. */
  public void reserve(long micros) {
    reservedMicros = Math.addExact(reservedMicros, micros);
  }

  /** Spends of what is set aside. */
  public void spend(long today, long micros) {
    turn(today);
    reservedMicros -= micros;
    spentMicros += micros;
  }

  /** Gives back what is set aside and not needed. */
  public void release(long micros) {
    reservedMicros -= micros;
  }
}
