package sluice.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.Entry;
import sluice.ledger.book.Posting;
import sluice.protocol.digest.Hash;

/**
 * The books in one transaction, whose writer has locked the head. Each entry carries the hash of
 * the one before it; balances are changed with the entry and never get the wrong sign.
 */
public final class Books {
  private final Handle handle;
  private final long nowSeconds;
  private long number;
  private String hash;

  private Books(Handle handle, long nowSeconds, long number, String hash) {
    this.handle = handle;
    this.nowSeconds = nowSeconds;
    this.number = number;
    this.hash = hash;
  }

  static Books lock(Handle handle, Dialect dialect, long nowSeconds) {
    return handle
        .createQuery("select entry, hash from head where id = 1" + dialect.lock())
        .map((row, context) -> new Books(handle, nowSeconds, row.getLong(1), row.getString(2)))
        .one();
  }

  /** For the statements of other tables of the same transaction. */
  public Handle handle() {
    return handle;
  }

  /** When this happens, in seconds of Unix time. */
  public long nowSeconds() {
    return nowSeconds;
  }

  /** The number of the last entry; 0 before the first. */
  public long lastNumber() {
    return number;
  }

  /** The hash of the last entry, 64 hexadecimal digits. */
  public String lastHash() {
    return hash;
  }

  /** The balance of an account; 0 if it was never used. */
  public long balance(Account account) {
    return balance(handle, account);
  }

  /** The balance of an account as {@code handle} sees it; 0 if it was never used. */
  public static long balance(Handle handle, Account account) {
    return handle
        .createQuery("select micros from account where kind = ? and owner = ? and asset = ?")
        .bind(0, account.kind().name())
        .bind(1, account.owner())
        .bind(2, account.asset())
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** Whether there is an entry of this kind with this reference. */
  public boolean has(Entry entry) {
    return handle
        .createQuery("select 1 from entry where kind = ? and reference = ?")
        .bind(0, entry.kind().name())
        .bind(1, entry.reference())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * Writes an entry and changes the balances.
   *
   * @throws LedgerFault when an account would get the wrong sign: the caller did not look before
   */
  public void post(Entry entry) {
    number++;
    hash = next(hash, entry.canonical(number, nowSeconds));
    handle.execute(
        "insert into entry (number, kind, reference, at_seconds, hash) values (?, ?, ?, ?, ?)",
        number,
        entry.kind().name(),
        entry.reference(),
        nowSeconds,
        hash);
    int line = 0;
    for (Posting posting : entry.postings()) {
      post(posting, line++);
    }
    handle.execute("update head set entry = ?, hash = ? where id = 1", number, hash);
  }

  private void post(Posting posting, int line) {
    Account account = posting.account();
    long balance = Math.addExact(balance(account), posting.micros());
    if (!account.kind().allows(balance)) {
      throw new LedgerFault(account + " would have " + balance);
    }
    handle.execute(
        "insert into posting (entry, line, kind, owner, asset, micros) values (?, ?, ?, ?, ?, ?)",
        number,
        line,
        account.kind().name(),
        account.owner(),
        account.asset(),
        posting.micros());
    handle.execute(
        "insert into account (kind, owner, asset, micros) values (?, ?, ?, ?)"
            + " on conflict (kind, owner, asset) do update set micros = excluded.micros",
        account.kind().name(),
        account.owner(),
        account.asset(),
        balance);
  }

  /** The hash of an entry that follows one with the hash {@code before}. */
  static String next(String before, String canonical) {
    return Hash.sha256((before + "\n" + canonical).getBytes(UTF_8)).hex();
  }
}
