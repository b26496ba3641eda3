package sluice.market.trade;

import java.util.Optional;
import java.util.function.LongSupplier;
import sluice.market.bid.Budget;
import sluice.market.bid.DayBudget;

/** What may still be spent, and what was: by a session, or for one torrent of it. Loop only. */
public final class Wallet {
  private static final long DAY_SECONDS = 86_400;

  private final Budget budget;
  private final DayBudget daily;
  private final Optional<Wallet> whole;
  private final LongSupplier unixSeconds;

  private Wallet(
      long limitMicros, DayBudget daily, Optional<Wallet> whole, LongSupplier unixSeconds) {
    budget = new Budget(limitMicros, 0);
    this.daily = daily;
    this.whole = whole;
    this.unixSeconds = unixSeconds;
  }

  /** That of a session. */
  static Wallet of(BuyTerms terms, LongSupplier unixSeconds) {
    BuyTerms.Daily day = terms.daily();
    return new Wallet(
        terms.budgetMicros(),
        new DayBudget(day.limitMicros(), day.day(), day.spentMicros()),
        Optional.empty(),
        unixSeconds);
  }

  /** A part of it, for one torrent: what is spent of the part is spent of the whole. */
  Wallet part(long limitMicros) {
    return new Wallet(
        limitMicros, new DayBudget(Long.MAX_VALUE, 0, 0), Optional.of(this), unixSeconds);
  }

  /** Changes the limit; what is spent or set aside stays so. */
  void limit(long micros) {
    budget.limit(micros);
  }

  /** Changes the limit of a day. */
  void limitDay(long micros) {
    daily.limit(micros);
  }

  private long today() {
    return Math.floorDiv(unixSeconds.getAsLong(), DAY_SECONDS);
  }

  /** What is neither spent nor set aside, and may be spent today. */
  public long freeMicros() {
    long own = Math.min(budget.freeMicros(), daily.freeMicros(today()));
    return Math.min(own, whole.map(Wallet::freeMicros).orElse(Long.MAX_VALUE));
  }

  /** Whether nothing was promised, or is set aside for it. */
  boolean isUntouched() {
    return budget.isUntouched();
  }

  /** What was promised. */
  public long spentMicros() {
    return budget.spentMicros();
  }

  /** Sets up to {@code most} aside, and gives how much. */
  long reserve(long most) {
    long some = Math.min(most, freeMicros());
    if (some > 0) {
      take(some);
    }
    return Math.max(0, some);
  }

  private void take(long micros) {
    if (!budget.reserve(micros)) {
      throw new IllegalStateException(micros + " are not free");
    }
    daily.reserve(micros);
    whole.ifPresent(w -> w.take(micros));
  }

  void spend(long micros) {
    budget.spend(micros);
    daily.spend(today(), micros);
    whole.ifPresent(w -> w.spend(micros));
  }

  void release(long micros) {
    budget.release(micros);
    daily.release(micros);
    whole.ifPresent(w -> w.release(micros));
  }
}
