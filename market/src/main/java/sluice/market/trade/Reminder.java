package sluice.market.trade;

import java.util.OptionalLong;
import sluice.market.credit.CreditWindow;

/** When a payee asks for money that is late, and when it gives up. Loop only. */
final class Reminder {
  private long lastSentNanos;
  private OptionalLong askedNanos = OptionalLong.empty();

  /** What is to be done. */
  enum Step {
    NOTHING,
    ASK,
    GIVE_UP
  }

  /** An account begins. */
  void begin(long now) {
    lastSentNanos = now;
    askedNanos = OptionalLong.empty();
  }

  /** Something was sent. */
  void sent(long now) {
    lastSentNanos = now;
  }

  /** Something was paid, or the account has ended. */
  void quiet() {
    askedNanos = OptionalLong.empty();
  }

  /**
   * What is to be done; asked now and then.
   *
   * @param before whether the payer has to pay before, so that it owes nothing and may still be
   *     late
   * @param checking whether a voucher is being looked at
   */
  Step look(Account of, boolean before, boolean checking, long now) {
    if (before && of.unpaidMicros() == 0 && of.roomBytes() < CreditWindow.BLOCK_BYTES) {
      boolean late = now - lastSentNanos >= SellSide.OPEN_NANOS && !checking;
      return late ? Step.GIVE_UP : Step.NOTHING;
    } else if (of.unpaidMicros() == 0 || now - lastSentNanos < SellSide.SECOND_NANOS) {
      askedNanos = OptionalLong.empty();
    } else if (askedNanos.isEmpty()) {
      askedNanos = OptionalLong.of(now);
      return Step.ASK;
    } else if (now - askedNanos.getAsLong() >= SellSide.GRACE_NANOS && !checking) {
      return Step.GIVE_UP;
    }
    return Step.NOTHING;
  }
}
