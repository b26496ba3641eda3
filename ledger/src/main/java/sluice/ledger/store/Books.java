package sluice.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.Posting;
import sluice.protocol.digest.Hash;

/**
 * The books in one transaction, whose writer has locked the head. Each entry carries the hash of
 * the one before it; balances are changed with the entry and never get the wrong sign.
 */
public final class Books {
  private final Handle handle;
  private final long headNumber;
  private long nowSeconds;
  private long number;
  private String hash;

  private Books(Handle handle, long number, String hash) {
    this.handle = handle;
    this.headNumber = number;
    this.number = number;
    this.hash = hash;
  }

  static Books lock(Handle handle, Dialect dialect) {
    return handle
        .createQuery("select entry, hash from head where id = 1" + dialect.lock())
        .map((row, context) -> new Books(handle, row.getLong(1), row.getString(2)))
        .one();
  }

  /** What follows happens at this time. */
  Books at(long seconds) {
    nowSeconds = seconds;
    return this;
  }

  /** Writes down what the last entry is; before the commit. */
  void keepHead() {
    if (number != headNumber) {
      handle.execute("update head set entry = ?, hash = ? where id = 1", number, hash);
    }
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
    keep(entry.postings());
    change(entry.postings());
  }

  private void keep(List<Posting> postings) {
    List<Object> values = new ArrayList<>();
    for (int line = 0; line < postings.size(); line++) {
      Posting posting = postings.get(line);
      values.addAll(List.of(number, line));
      values.addAll(key(posting.account()));
      values.add(posting.micros());
    }
    insert(
        "insert into posting (entry, line, kind, owner, asset, micros) values %s",
        "(?, ?, ?, ?, ?, ?)", postings.size(), values);
  }

  /** Changes balances; what does not fit is refused here, the wrong sign also by the database. */
  private void change(List<Posting> postings) {
    Map<Account, Long> before = balances(postings.stream().map(Posting::account).toList());
    List<Object> values = new ArrayList<>();
    for (Posting posting : postings) {
      Account account = posting.account();
      long balance = Math.addExact(before.getOrDefault(account, 0L), posting.micros());
      if (!account.kind().allows(balance)) {
        throw new LedgerFault(account + " would have " + balance);
      }
      values.addAll(key(account));
      values.add(balance);
    }
    insert(
        "insert into account (kind, owner, asset, micros) values %s"
            + " on conflict (kind, owner, asset) do update set micros = excluded.micros",
        "(?, ?, ?, ?)", postings.size(), values);
  }

  /** Balances of accounts that were used, by one question of which each part is a row's key. */
  private Map<Account, Long> balances(List<Account> accounts) {
    String one =
        "select kind, owner, asset, micros from account"
            + " where kind = ? and owner = ? and asset = ?";
    Query query =
        handle.createQuery(String.join(" union all ", Collections.nCopies(accounts.size(), one)));
    int at = 0;
    for (Account account : accounts) {
      for (Object part : key(account)) {
        query.bind(at++, part);
      }
    }
    Map<Account, Long> balances = new HashMap<>();
    query
        .map((row, context) ->
            Map.entry(
                new Account(
                    AccountKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                row.getLong(4)))
        .forEach(balance -> balances.put(balance.getKey(), balance.getValue()));
    return balances;
  }

  private static List<Object> key(Account account) {
    return List.of(account.kind().name(), account.owner(), account.asset());
  }

  private void insert(String sql, String row, int rows, List<Object> values) {
    handle.execute(
        sql.replace("%s", String.join(", ", Collections.nCopies(rows, row))), values.toArray());
  }

  /** The hash of an entry that follows one with the hash {@code before}. */
  static String next(String before, String canonical) {
    return Hash.sha256((before + "\n" + canonical).getBytes(UTF_8)).hex();
  }
}
