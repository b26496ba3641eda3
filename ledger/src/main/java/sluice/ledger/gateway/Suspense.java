package sluice.ledger.gateway;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;
import sluice.market.sign.PayAddress;

/**
 * Deposits of senders that are no members, and the operator's hand that gives one of them to the
 * member whose it turns out to be. Each can be given once. No state.
 */
public final class Suspense {
  private static final String WAITING =
      "select e.reference, p.asset, p.micros, e.at_seconds from entry e join posting p on p.entry ="
          + " e.number where e.kind = 'DEPOSIT' and p.kind = 'SUSPENSE' and not exists (select 1"
          + " from entry c where c.kind = 'SUSPENSE_CREDITED' and c.reference = e.reference)";

  private Suspense() {}

  /**
   * A deposit that nobody is known to own.
   *
   * @param reference the transaction
   */
  public record Deposit(String reference, String asset, long micros, long atSeconds) {}

  /** Those that were given to nobody, the oldest first. */
  public static List<Deposit> waiting(Database database) {
    return database.read(handle -> read(handle, " order by e.number"));
  }

  private static List<Deposit> read(Handle handle, String rest, Object... values) {
    var query = handle.createQuery(WAITING + rest);
    for (int i = 0; i < values.length; i++) {
      query.bind(i, values[i]);
    }
    return query
        .map((row, context) ->
            new Deposit(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
        .list();
  }

  /** Gives a deposit to a member; what it is, or why not. */
  public static Outcome<Deposit> credit(
      Database database, long nowSeconds, String reference, PayAddress member) {
    return database.write(nowSeconds, books -> credit(books, reference, member));
  }

  private static Outcome<Deposit> credit(Books books, String reference, PayAddress member) {
    Optional<Deposit> found =
        read(books.handle(), " and e.reference = ?", reference).stream().findFirst();
    boolean isMember =
        books
            .handle()
            .createQuery("select 1 from member where address = ?")
            .bind(0, member.hex())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (found.isEmpty()) {
      return new Outcome.Refused<>(Refusal.BAD_AMOUNT, "no such deposit is in suspense");
    } else if (!isMember) {
      return new Outcome.Refused<>(Refusal.UNKNOWN_MEMBER, member.hex());
    }
    Deposit deposit = found.get();
    Account suspense = Account.hub(AccountKind.SUSPENSE, deposit.asset());
    if (books.balance(suspense) < deposit.micros()) {
      return new Outcome.Refused<>(
          Refusal.INSUFFICIENT_FUNDS, "in suspense: " + books.balance(suspense));
    }
    books.post(
        Entry.move(
            EntryKind.SUSPENSE_CREDITED,
            reference,
            suspense,
            Account.available(member.hex(), deposit.asset()),
            deposit.micros()));
    return new Outcome.Done<>(deposit);
  }
}
