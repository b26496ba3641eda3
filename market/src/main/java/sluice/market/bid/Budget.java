package sluice.market.bid;

/**
 * Money that may be spent, of which parts are set aside before they are spent. Invariant: 0 &le;
 * spent, 0 &le; reserved, spent + reserved &le; limit.
 */
public final class Budget {
  private long limitMicros;
  private long reservedMicros;
  private long spentMicros;

  /** A budget of which {@code spentMicros} are gone. */
  public Budget(long limitMicros, long spentMicros) {
    if (spentMicros < 0 || limitMicros < 0) {
      throw new IllegalArgumentException("budget of " + limitMicros + ", spent " + spentMicros);
    }
    this.limitMicros = Math.max(limitMicros, spentMicros);
    this.spentMicros = spentMicros;
  }

  /** Changes the limit; what is spent or set aside stays so. */
  public void limit(long micros) {
    if (micros < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + micros);
    }
    limitMicros = Math.max(micros, spentMicros + reservedMicros);
  }

  /** What is neither spent nor set aside. */
  public long freeMicros() {
    return limitMicros - reservedMicros - spentMicros;
  }

  /** Whether nothing is spent or set aside. */
  public boolean isUntouched() {
    return spentMicros == 0 && reservedMicros == 0;
  }

  /** What is spent. */
  public long spentMicros() {
    return spentMicros;
  }

  /** Sets {@code micros} aside; false, and nothing happens, if there is not so much. */
  public boolean reserve(long micros) {
    if (micros < 0 || micros > freeMicros()) {
      return false;
    }
    reservedMicros += micros;
    return true;
  }

  /** Spends of what is set aside. */
  public void spend(long micros) {
    take(micros);
    spentMicros += micros;
  }

  /** Gives back what is set aside and not needed. */
  public void release(long micros) {
    take(micros);
  }

  private void take(long micros) {
    if (micros < 0 || micros > reservedMicros) {
      throw new IllegalStateException(micros + " of " + reservedMicros + " that are set aside");
    }
    reservedMicros -= micros;
  }
}
