package sluice.market.trade;

import sluice.market.bid.Budget;

/** What a session may still spend, and what it has spent. Loop only. */
public final class Wallet {
  private final Budget budget;

  Wallet(BuyTerms terms) {
    budget = new Budget(terms.budgetMicros(), 0);
  }

  void limit(long micros) {
    budget.limit(micros);
  }

  /** What is neither spent nor set aside. */
  public long freeMicros() {
    return budget.freeMicros();
  }

  /** What was promised. */
  public long spentMicros() {
    return budget.spentMicros();
  }

  /** Sets up to {@code most} aside, and gives how much. */
  long reserve(long most) {
    long some = Math.min(most, budget.freeMicros());
    return budget.reserve(some) ? some : 0;
  }

  void spend(long micros) {
    budget.spend(micros);
  }

  void release(long micros) {
    budget.release(micros);
  }
}
