package sluice.market.trade;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sluice.market.wire.PayMessage;
import sluice.market.wire.PayMessage.FaultCode;

/**
 * Takes the vouchers of one account: one is looked at and kept while of those that come meanwhile,
 * or too fast, only the highest waits. Loop only.
 */
final class Cashier {
  /** How many are looked at. */
  static final int VOUCHERS_PER_SECOND = 50;

  private final Till till;
  private final Account account;
  private final LongSupplier clock;
  private final Listener listener;
  private final Pacer pacer;
  private boolean closed;
  private PayMessage.@Nullable Pay checking;
  private PayMessage.@Nullable Pay next;

  /** Who is told. */
  interface Listener {
    /** The account is {@code more} micro-units higher. */
    void onTaken(Account account, long more);

    /** The payer has not signed the voucher. */
    void onForged(Account account, long cumulativeMicros);
  }

  /** {@code pacer} is that of the connection. */
  Cashier(Till till, Account account, Pacer pacer, LongSupplier clock, Listener listener) {
    this.till = till;
    this.account = account;
    this.pacer = pacer;
    this.clock = clock;
    this.listener = listener;
  }

  Account account() {
    return account;
  }

  /** Whether one is being looked at; those that wait, perhaps ever more, do not count. */
  boolean isChecking() {
    return checking != null;
  }

  /** Some time has passed. */
  void tick() {
    check();
  }

  /** The account is closed: what has come is money all the same. */
  void close() {
    closed = true;
    check();
  }

  /** A voucher has come; why it is not even looked at, if so. */
  Optional<FaultCode> offer(PayMessage.Pay pay) {
    long cumulative = pay.voucher().cumulative();
    if (cumulative <= highest()) {
      return Optional.of(FaultCode.NOT_INCREASING);
    } else if (cumulative > account.cert().deposit()) {
      return Optional.of(FaultCode.EXCEEDS_DEPOSIT);
    }
    next = pay;
    check();
    return Optional.empty();
  }

  /** A forged one that waits counts for nothing, but costs its sender the turn. */
  private long highest() {
    PayMessage.Pay known = next != null ? next : checking;
    long waiting = known == null ? 0 : known.voucher().cumulative();
    return Math.max(waiting, account.paidMicros());
  }

  private void check() {
    PayMessage.Pay pay = next;
    if (pay != null && checking == null && (closed || pacer.allows(clock.getAsLong()))) {
      next = null;
      checking = pay;
      till.take(pay.voucher(), pay.signature(), good -> checked(pay, good));
    }
  }

  private void checked(PayMessage.Pay pay, boolean good) {
    checking = null;
    long cumulative = pay.voucher().cumulative();
    if (good) {
      long more = cumulative - account.paidMicros();
      account.paid(cumulative);
      listener.onTaken(account, more);
    } else {
      listener.onForged(account, cumulative);
    }
    check();
  }
}
