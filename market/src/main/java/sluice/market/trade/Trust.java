package sluice.market.trade;

import sluice.market.credit.CreditWindow;

/**
 * How far one neighbour is trusted, and what becomes of its network when it does not keep its word.
 * Loop only.
 */
final class Trust {
  private final Bars bars;
  private final Debts debts;
  private final long group;
  private final CreditWindow window;

  /** It has not kept its word during the award that lasts. */
  private boolean broken;

  /** Trust of a payer of the network {@code group}, which is granted so much at the most. */
  Trust(Scene scene, long group, long windowBytes) {
    this.bars = scene.bars();
    this.debts = scene.debts();
    this.group = group;
    this.window = new CreditWindow(windowBytes);
  }

  long group() {
    return group;
  }

  CreditWindow window() {
    return window;
  }

  /** Whether anything is sold to it. */
  boolean mayBuy(long now) {
    return bars.terms(group, now) != Bars.Terms.NONE;
  }

  /** An award begins. */
  void begin(long now) {
    broken = false;
    window.strict(bars.terms(group, now) != Bars.Terms.CREDIT);
  }

  /** Its network has been barred meanwhile, so that from here on it pays before. */
  boolean isTightened(long now) {
    boolean is = !window.isStrict() && bars.own(group, now) != Bars.Terms.CREDIT;
    if (is) {
      window.strict(true);
    }
    return is;
  }

  /** An account of it is open. */
  void open(Account account) {
    debts.add(group, account);
  }

  /** An account of it is closed; what is unpaid will not be paid. */
  void close(Account account, long now) {
    debts.remove(group, account);
    if (account.unpaidMicros() > 0) {
      bars.lost(group, account.unpaidBytes(), now);
    }
  }

  /** It has not kept its word, which counts once for each award. */
  void broken(long now) {
    if (!broken) {
      broken = true;
      window.defaulted();
      bars.add(group, now);
    }
  }

  /** Bytes that it may be sent. */
  long roomBytes(Account account, long now) {
    return account.roomBytes(debts.othersMicros(group, account), bars.forgivenBytes(group, now));
  }
}
