package sluice.ledger.hub;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.store.Books;
import sluice.market.sign.PayAddress;

/** Members and the keys that stand for them. No state. */
final class Members {
  private static final String PAYEE = "PAYEE";
  private static final String PAYER = "PAYER";

  private Members() {}

  static boolean exists(Handle handle, PayAddress member) {
    return handle
        .createQuery("select 1 from member where address = ?")
        .bind(0, member.hex())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Registers the member if it is not there. */
  static void register(Books books, PayAddress member) {
    if (!exists(books.handle(), member)) {
      books.handle().execute("insert into member values (?, ?)", member.hex(), books.nowSeconds());
    }
  }

  /** Who is paid under {@code alias}. */
  static Optional<PayAddress> payee(Handle handle, PayAddress alias) {
    return handle
        .createQuery("select member from alias where address = ? and role = ?")
        .bind(0, alias.hex())
        .bind(1, PAYEE)
        .mapTo(String.class)
        .findOne()
        .map(PayAddress::ofHex);
  }

  /** Makes {@code alias} one under which the member is paid; false if it stands for something. */
  static boolean addPayee(Books books, PayAddress member, PayAddress alias) {
    return payee(books.handle(), alias).filter(member::equals).isPresent()
        || add(books, member, alias, PAYEE);
  }

  /** Makes {@code key} one that pays for the member; false if it stands for something. */
  static boolean addPayer(Books books, PayAddress member, PayAddress key) {
    return add(books, member, key, PAYER);
  }

  private static boolean add(Books books, PayAddress member, PayAddress alias, String role) {
    return books
            .handle()
            .execute(
                "insert into alias values (?, ?, ?) on conflict (address) do nothing",
                alias.hex(),
                member.hex(),
                role)
        == 1;
  }

  static Balance balance(Handle handle, PayAddress member, String asset) {
    long locked =
        handle
            .createQuery(
                "select coalesce(sum(deposit - paid - refunded), 0) from channel"
                    + " where payer = ? and asset = ? and state <> 'CLOSED'")
            .bind(0, member.hex())
            .bind(1, asset)
            .mapTo(Long.class)
            .one();
    return new Balance(
        Books.balance(handle, Account.available(member.hex(), asset)),
        locked,
        Books.balance(handle, new Account(AccountKind.PENDING_WITHDRAWAL, member.hex(), asset)));
  }
}
