package sluice.ledger.hub;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.book.Posting;
import sluice.ledger.store.Books;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * The rows of withdrawals. Each change compares the state that was read with the one that is there,
 * so that of two hubs only one acts, and moves the money in the same transaction. No state.
 */
final class Withdrawals {
  private static final Rows<Withdrawal> ROWS =
      new Rows<>("withdrawal", Withdrawal.COLUMNS, Withdrawal::read);

  private Withdrawals() {}

  static Optional<Withdrawal> find(Handle handle, Hash id) {
    return ROWS.one(handle, "id = ?", id.hex());
  }

  static Optional<Withdrawal> paidBy(Handle handle, Hash txid) {
    return ROWS.one(handle, "txid = ?", txid.hex());
  }

  static List<Withdrawal> of(Handle handle, PayAddress member, int most) {
    return ROWS.all(handle, "member = ? order by number desc limit ?", member.hex(), most);
  }

  /** Those that have not ended, the oldest first. */
  static List<Withdrawal> underWay(Handle handle, int most) {
    return ROWS.all(
        handle, "state in ('REQUESTED', 'BUILT', 'SENT') order by number limit ?", most);
  }

  /** How many have not been built. */
  static long waiting(Handle handle) {
    return handle
        .createQuery("select count(*) from withdrawal where state = 'REQUESTED'")
        .mapTo(Long.class)
        .one();
  }

  /** Those whose transactions have not been seen and expired before {@code seconds}. */
  static List<Withdrawal> expired(Handle handle, long seconds) {
    return ROWS.all(
        handle, "state in ('BUILT', 'SENT') and expires_at < ? order by number", seconds);
  }

  /** How many withdrawals that have not been sent are before this one. */
  static long ahead(Handle handle, Withdrawal withdrawal) {
    return handle
        .createQuery(
            "select count(*) from withdrawal where state in ('REQUESTED', 'BUILT') and number < ?")
        .bind(0, withdrawal.number())
        .mapTo(Long.class)
        .one();
  }

  /** What transactions pay that were signed after {@code seconds}, without those given up. */
  static long builtSince(Handle handle, String asset, long seconds) {
    return handle
        .createQuery(
            "select coalesce(sum(amount), 0) from withdrawal"
                + " where asset = ? and built_at > ? and state <> 'RETURNED'")
        .bind(0, asset)
        .bind(1, seconds)
        .mapTo(Long.class)
        .one();
  }

  /** Sets the money aside, which is there. */
  static void request(Books books, Withdrawal withdrawal) {
    books
        .handle()
        .execute(
            "insert into withdrawal ("
                + Withdrawal.COLUMNS
                + ") values (?, ?, ?, ?, ?, ?, 'REQUESTED', ?, ?, null, null, null)",
            withdrawal.id().hex(),
            withdrawal.member().hex(),
            withdrawal.asset(),
            withdrawal.micros(),
            withdrawal.feeMicros(),
            withdrawal.to().hex(),
            withdrawal.number(),
            withdrawal.atSeconds());
    books.post(entry(EntryKind.WITHDRAWAL_REQUESTED, withdrawal, 1));
  }

  /** Keeps what will pay it; false if another hub was first. */
  static boolean built(Books books, Withdrawal withdrawal, Payment payment) {
    return books
            .handle()
            .execute(
                "update withdrawal set state = 'BUILT', txid = ?, raw = ?, expires_at = ?, built_at"
                    + " = ? where id = ? and state = 'REQUESTED'",
                payment.txid().hex(),
                HexFormat.of().formatHex(payment.bytes().bytes()),
                payment.expiresAt(),
                books.nowSeconds(),
                withdrawal.id().hex())
        == 1;
  }

  static void sent(Books books, Withdrawal withdrawal) {
    books
        .handle()
        .execute(
            "update withdrawal set state = 'SENT' where id = ? and state = 'BUILT'",
            withdrawal.id().hex());
  }

  /** It is in a final block. */
  static void paid(Books books, Withdrawal withdrawal) {
    if (end(books, withdrawal, Withdrawal.State.PAID)) {
      books.post(
          Entry.move(
              EntryKind.WITHDRAWAL_PAID,
              withdrawal.id().hex(),
              pending(withdrawal),
              Account.hub(AccountKind.HOT, withdrawal.asset()),
              withdrawal.micros()));
    }
  }

  /** It can no longer be paid: its member gets all of it back. */
  static void returned(Books books, Withdrawal withdrawal) {
    if (end(books, withdrawal, Withdrawal.State.RETURNED)) {
      books.post(entry(EntryKind.WITHDRAWAL_RETURNED, withdrawal, -1));
    }
  }

  private static boolean end(Books books, Withdrawal withdrawal, Withdrawal.State state) {
    return books
            .handle()
            .execute(
                "update withdrawal set state = ? where id = ? and state in ('BUILT', 'SENT')",
                state.name(),
                withdrawal.id().hex())
        == 1;
  }

  private static Entry entry(EntryKind kind, Withdrawal w, int sign) {
    Account available = Account.available(w.member().hex(), w.asset());
    List<Posting> postings = new ArrayList<>();
    postings.add(new Posting(available, -sign * Math.addExact(w.micros(), w.feeMicros())));
    postings.add(new Posting(pending(w), sign * w.micros()));
    if (w.feeMicros() > 0) {
      Account revenue = Account.hub(AccountKind.REVENUE, w.asset());
      postings.add(new Posting(revenue, sign * w.feeMicros()));
    }
    return new Entry(kind, w.id().hex(), postings);
  }

  private static Account pending(Withdrawal w) {
    return new Account(AccountKind.PENDING_WITHDRAWAL, w.member().hex(), w.asset());
  }
}
