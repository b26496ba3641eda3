package sluice.ledger.hub;

import java.util.Optional;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.store.Books;
import sluice.market.sign.Keccak;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * Money in and out within one transaction: deposits, withdrawals, and what a gateway reports of
 * them. One thread, while the transaction lasts.
 */
public final class Cashier {
  private static final byte[] WITHDRAWAL = {'w'};

  private final Books books;
  private final HubConfig config;

  Cashier(Books books, HubConfig config) {
    this.books = books;
    this.config = config;
  }

  /** For the statements of a gateway's own tables. */
  public Books books() {
    return books;
  }

  /**
   * Credits what came in from outside; of an unknown sender it is kept in suspense.
   *
   * @param reference names the event outside, such as a transaction; the same one counts once
   * @return what its owner has then
   */
  Outcome<Long> deposit(PayAddress from, String asset, long micros, String reference) {
    boolean known = Members.exists(books.handle(), from);
    Account account =
        known ? Account.available(from.hex(), asset) : Account.hub(AccountKind.SUSPENSE, asset);
    Account hot = Account.hub(AccountKind.HOT, asset);
    if (books.balance(hot) < -Long.MAX_VALUE + micros) {
      return new Outcome.Refused<>(Refusal.BAD_AMOUNT, "more than the ledger can count");
    }
    Entry entry = Entry.move(EntryKind.DEPOSIT, reference, hot, account, micros);
    if (!books.has(entry)) {
      books.post(entry);
    }
    return new Outcome.Done<>(books.balance(account));
  }

  /** Whether an address is the hub's. */
  public boolean isOwn(PayAddress address, PayAddress wallet) {
    return address.equals(wallet) || DepositAddresses.member(books.handle(), address).isPresent();
  }

  /**
   * Credits a transfer of a final block, once: to the member whose address it came to, or whose
   * address it came from. Coins that go elsewhere or that the hub does not keep are passed over.
   *
   * @param to where it went
   * @param wallet the hub's address that is no member's
   */
  public void arrived(
      PayAddress from,
      PayAddress to,
      PayAddress wallet,
      String asset,
      long micros,
      String reference) {
    Optional<PayAddress> owner =
        to.equals(wallet) ? Optional.of(from) : DepositAddresses.member(books.handle(), to);
    if (micros > 0 && owner.isPresent() && config.assets().contains(asset)) {
      Outcome<Long> outcome = deposit(owner.get(), asset, micros, reference);
      if (outcome instanceof Outcome.Refused<Long>(Refusal refusal, String detail)) {
        throw new IllegalStateException(reference + ": " + refusal + " " + detail);
      }
    }
  }

  /** Sets {@code micros} of the member's aside to be paid out at {@code to}. */
  Outcome<Withdrawal> withdraw(PayAddress member, String asset, long micros, PayAddress to) {
    PayoutRules rules = config.payouts();
    if (!config.assets().contains(asset)) {
      return new Outcome.Refused<>(Refusal.UNKNOWN_ASSET, asset);
    } else if (!rules.isOpen()) {
      return new Outcome.Refused<>(Refusal.NO_PAYOUTS, "this hub is on no chain");
    } else if (!rules.anywhere() && !to.equals(member)) {
      return new Outcome.Refused<>(Refusal.FOREIGN_ADDRESS, "only to " + member.hex());
    } else if (DepositAddresses.member(books.handle(), to).isPresent()) {
      // It would be paid without leaving the hub, and books and chain would differ.
      return new Outcome.Refused<>(Refusal.FOREIGN_ADDRESS, "the hub's own: " + to.hex());
    } else if (micros < rules.minMicros()) {
      return new Outcome.Refused<>(Refusal.BAD_AMOUNT, "at least " + rules.minMicros());
    }
    long available = books.balance(Account.available(member.hex(), asset));
    if (available < micros) {
      return new Outcome.Refused<>(Refusal.INSUFFICIENT_FUNDS, "available: " + available);
    }
    Withdrawal withdrawal =
        new Withdrawal(
            Keccak.of(WITHDRAWAL, member.bytes().bytes(), Hash.ofHex(books.lastHash()).bytes()),
            member,
            asset,
            micros - rules.feeMicros(),
            rules.feeMicros(),
            to,
            Withdrawal.State.REQUESTED,
            books.lastNumber() + 1,
            books.nowSeconds(),
            Optional.empty());
    Withdrawals.request(books, withdrawal);
    return new Outcome.Done<>(withdrawal);
  }

  /** Keeps what will pay a withdrawal; false if it is no longer needed. */
  public boolean built(Withdrawal withdrawal, Payment payment) {
    return Withdrawals.built(books, withdrawal, payment);
  }

  /** A payment was sent. */
  public void sent(Withdrawal withdrawal) {
    Withdrawals.sent(books, withdrawal);
  }

  /**
   * A transaction is in a final block: what it pays is paid, or is returned if it failed.
   *
   * @return the state of the withdrawal that it pays, before; empty if it pays none
   */
  public Optional<Withdrawal.State> settled(Hash txid, boolean succeeded) {
    Optional<Withdrawal> withdrawal = Withdrawals.paidBy(books.handle(), txid);
    withdrawal.ifPresent(w -> {
      if (succeeded) {
        Withdrawals.paid(books, w);
      } else {
        Withdrawals.returned(books, w);
      }
    });
    return withdrawal.map(Withdrawal::state);
  }

  /** Gives back what was to be paid by transactions that expired before {@code seconds}. */
  public void expired(long seconds) {
    for (Withdrawal w : Withdrawals.expired(books.handle(), seconds)) {
      Withdrawals.returned(books, w);
    }
  }
}
