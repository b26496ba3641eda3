package sluice.ledger.gateway;

import java.util.ArrayList;
import java.util.List;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.book.Posting;
import sluice.ledger.hub.Outcome;
import sluice.ledger.hub.Refusal;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;

/**
 * The operator's hand when books and chain differ. What the chain has more is kept in suspense, as
 * nobody is known to own it; what it has less is taken from suspense and from what the hub earned,
 * never from members. It is an entry of the books like any other, with the operator's reason, and
 * payments go on when the next comparison finds nothing. No state.
 */
public final class Acceptance {
  private Acceptance() {}

  /** What differed when books and chain were last compared. */
  public static List<Difference> differences(Database database) {
    return database.read(Difference::read);
  }

  /**
   * Makes the books say what the chain said.
   *
   * @param reason for those who audit the books
   * @return what was accepted; refused, and nothing is changed, when the books have moved since the
   *     comparison, or the hub has not what is missing
   */
  public static Outcome<List<Difference>> accept(
      Database database, long nowSeconds, String reason) {
    OperatorReason.require(reason);
    return database.write(nowSeconds, books -> accept(books, reason));
  }

  private static Outcome<List<Difference>> accept(Books books, String reason) {
    List<Difference> differences = Difference.read(books.handle());
    List<Entry> entries = new ArrayList<>();
    for (Difference difference : differences) {
      long booked = -books.balance(hub(AccountKind.HOT, difference));
      if (booked != difference.bookedMicros()) {
        return new Outcome.Refused<>(
            Refusal.BAD_AMOUNT,
            "the books have moved since block "
                + difference.height()
                + ": wait until the hub has compared again");
      }
      String reference = difference.height() + "." + entries.size() + " " + reason;
      if (difference.surplusMicros() > 0) {
        entries.add(surplus(difference, reference));
      } else {
        long missing = -difference.surplusMicros();
        long suspense = books.balance(hub(AccountKind.SUSPENSE, difference));
        long revenue = books.balance(hub(AccountKind.REVENUE, difference));
        if (suspense < missing && revenue < missing - suspense) {
          return new Outcome.Refused<>(
              Refusal.INSUFFICIENT_FUNDS,
              "there are "
                  + suspense
                  + " in suspense and "
                  + revenue
                  + " of the hub's own: send what is missing to the paying address first");
        }
        entries.add(deficit(difference, reference, Math.min(missing, suspense)));
      }
    }
    entries.forEach(books::post);
    Difference.keep(books, List.of());
    Cursor.release(books);
    return new Outcome.Done<>(differences);
  }

  private static Account hub(AccountKind kind, Difference difference) {
    return Account.hub(kind, difference.asset());
  }

  private static Entry surplus(Difference difference, String reference) {
    return Entry.move(
        EntryKind.DIFFERENCE_ACCEPTED,
        reference,
        hub(AccountKind.HOT, difference),
        hub(AccountKind.SUSPENSE, difference),
        difference.surplusMicros());
  }

  private static Entry deficit(Difference difference, String reference, long ofSuspense) {
    long missing = -difference.surplusMicros();
    List<Posting> postings = new ArrayList<>();
    postings.add(new Posting(hub(AccountKind.HOT, difference), missing));
    if (ofSuspense > 0) {
      postings.add(new Posting(hub(AccountKind.SUSPENSE, difference), -ofSuspense));
    }
    if (missing > ofSuspense) {
      postings.add(new Posting(hub(AccountKind.REVENUE, difference), ofSuspense - missing));
    }
    return new Entry(EntryKind.DIFFERENCE_ACCEPTED, reference, postings);
  }
}
