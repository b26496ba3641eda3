package sluice.market.trade;

import sluice.market.money.Price;

/** What is sold, on terms that may change while it is; closed, nothing is. Loop only. */
final class Shop {
  private final Till till;
  private SellTerms terms;
  private boolean open = true;

  Shop(Selling selling) {
    till = selling.till();
    terms = selling.terms();
  }

  Till till() {
    return till;
  }

  SellTerms terms() {
    return terms;
  }

  boolean isOpen() {
    return open;
  }

  /** Sells at {@code floor} or more from here on, or not at all. */
  void change(boolean isOpen, Price floor) {
    open = isOpen;
    terms = terms.at(floor);
  }

  /** Whether a slot may be sold to who pays so much at the most. */
  boolean takes(Price most) {
    return open && most.perMebibyte() > 0 && most.compareTo(terms.floor()) >= 0;
  }
}
