package sluice.market.trade;

import sluice.market.credit.CreditWindow;
import sluice.market.money.Bill;
import sluice.market.money.Price;
import sluice.market.sign.ChannelCert;

/**
 * What a payer owes on one channel during one award, and how much more it may be sent. Bytes are
 * charged from the acknowledgement of the channel on. Loop only.
 *
 * <p>Invariant: {@link #unpaidMicros} never exceeds the price of the window at the time the last
 * byte went.
 */
final class Account {
  /** The most that is looked ahead: more than any window. */
  private static final long MOST_BYTES = 2 * CreditWindow.MAX_BYTES;

  private final CreditWindow window;
  private final Bill bill;
  private final long baseMicros;
  private ChannelCert cert;
  private long paidMicros;

  /** An account on {@code cert}, of which {@code takenMicros} were taken before. */
  Account(ChannelCert cert, Price price, long takenMicros, CreditWindow window) {
    this.cert = cert;
    this.bill = new Bill(price);
    this.baseMicros = takenMicros;
    this.paidMicros = takenMicros;
    this.window = window;
  }

  ChannelCert cert() {
    return cert;
  }

  /** The same channel with more in it. */
  void cert(ChannelCert larger) {
    cert = larger;
  }

  void price(Price price) {
    bill.price(price);
  }

  void charge(long bytes) {
    bill.add(bytes);
  }

  /** Bytes that were charged. */
  long bytes() {
    return bill.bytes();
  }

  /** Bytes that are not paid, at the price in force. */
  long unpaidBytes() {
    long unpaid = unpaidMicros();
    return Search.last(
        Math.min(bill.bytes(), MOST_BYTES), bytes -> bill.price().dueAtMost(bytes - 1) < unpaid);
  }

  /** What is owed on the channel in all. */
  long dueMicros() {
    return Math.addExact(baseMicros, bill.dueMicros());
  }

  /** The highest voucher. */
  long paidMicros() {
    return paidMicros;
  }

  /** What is owed and not promised. */
  long unpaidMicros() {
    return Math.max(0, dueMicros() - paidMicros);
  }

  /**
   * A voucher came; gives whether it pays at least half a window, or all that is owed: only such a
   * one shows that a larger window is deserved.
   */
  boolean paid(long cumulativeMicros) {
    long more = cumulativeMicros - paidMicros;
    boolean all = cumulativeMicros >= dueMicros();
    paidMicros = cumulativeMicros;
    boolean honoured = more > 0 && (all || more >= windowMicros() / 2);
    if (honoured) {
      window.honoured();
    }
    return honoured;
  }

  /** Bytes that may be sent beyond those that are charged, if the payer owes nothing else. */
  long roomBytes() {
    return roomBytes(0, 0);
  }

  /**
   * Bytes that may be sent beyond those that are charged.
   *
   * @param othersMicros what else the payer's network owes
   * @param forgivenBytes what it has not paid and was forgiven
   */
  long roomBytes(long othersMicros, long forgivenBytes) {
    long granted = bill.price().dueAtMost(Math.max(0, window.grantedBytes() - forgivenBytes));
    long credit = Math.min(windowMicros(), Math.max(0, granted - othersMicros));
    long most = Math.min(saturated(paidMicros, credit), cert.deposit());
    long room = Search.last(MOST_BYTES, bytes -> dueAfter(bytes) <= most);
    boolean owesNothing = unpaidMicros() == 0 && othersMicros == 0 && forgivenBytes == 0;
    // A window may cost one micro-unit more than it does from nothing on, as prices are rounded.
    boolean isWhole = owesNothing && dueAfter(window.bytes()) <= cert.deposit();
    return isWhole ? Math.max(room, window.bytes()) : room;
  }

  /** The price of the window. */
  private long windowMicros() {
    return bill.price().dueAtMost(window.bytes());
  }

  /** What would be owed after {@code more} bytes; more than there is if that is no number. */
  private long dueAfter(long more) {
    try {
      return Math.addExact(baseMicros, bill.dueMicrosAfter(more));
    } catch (ArithmeticException tooMuch) {
      return Long.MAX_VALUE;
    }
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
