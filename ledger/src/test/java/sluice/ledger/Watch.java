package sluice.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.book.Posting;
import sluice.protocol.digest.Hash;

/**
 * Follows the books of a hub from their beginning and checks the invariants of all that is new: an
 * entry balances (I1), the sum of all stays zero (I5), the hashes go on (I6), and each account that
 * changed has what its entries say (I7) with the right sign (I2), a channel what its row says (I3,
 * I4).
 */
final class Watch {
  private final Map<Account, Long> balances = new HashMap<>();
  private String hash = "0".repeat(64);
  private long entries;

  private record Row(
      long number,
      EntryKind kind,
      String reference,
      long atSeconds,
      String hash,
      Posting posting,
      long balance) {}

  long entries() {
    return entries;
  }

  /** Looks at the entries up to {@code last}. */
  void look(Handle handle, long last, String when) {
    List<Row> changed = new ArrayList<>();
    while (entries < last) {
      entries++;
      List<Row> rows = rows(handle, entries);
      assertThat(rows).as("%s: entry %d", when, entries).isNotEmpty();
      entry(rows, when);
      changed.addAll(rows);
    }
    changed.forEach(row -> account(handle, row, when));
  }

  /** An entry as it is kept. Equality alone: no planner then thinks of reading all of a table. */
  private static List<Row> rows(Handle handle, long number) {
    return handle
        .createQuery(
            "select e.number, e.kind, e.reference, e.at_seconds, e.hash, p.kind, p.owner,"
                + " p.asset, p.micros, a.micros from entry e join posting p on p.entry = e.number"
                + " join account a on a.kind = p.kind and a.owner = p.owner and a.asset = p.asset"
                + " where e.number = ? order by p.line")
        .bind(0, number)
        .map((row, context) ->
            new Row(
                row.getLong(1),
                EntryKind.valueOf(row.getString(2)),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                new Posting(
                    new Account(
                        AccountKind.valueOf(row.getString(6)), row.getString(7), row.getString(8)),
                    row.getLong(9)),
                row.getLong(10)))
        .list();
  }

  private void entry(List<Row> rows, String when) {
    Row first = rows.getFirst();
    Entry entry =
        new Entry(first.kind(), first.reference(), rows.stream().map(Row::posting).toList());
    String text = hash + "\n" + entry.canonical(first.number(), first.atSeconds());
    hash = Hash.sha256(text.getBytes(UTF_8)).hex();
    assertThat(first.hash()).as(when).isEqualTo(hash);
    entry.postings().forEach(p -> balances.merge(p.account(), p.micros(), Math::addExact));
  }

  private void account(Handle handle, Row row, String when) {
    Account account = row.posting().account();
    assertThat(row.balance()).as("%s: %s", when, account).isEqualTo(balances.get(account));
    assertThat(account.kind().allows(row.balance())).as("%s: %s", when, account).isTrue();
    if (account.kind() == AccountKind.CHANNEL) {
      String channel =
          handle
              .createQuery(
                  "select deposit - paid - refunded, state, paid >= 0 and refunded >= 0 and"
                      + " paid + refunded <= deposit from channel where id = ?")
              .bind(0, account.owner())
              .map((found, context) ->
                  found.getLong(1) + " " + found.getString(2) + " " + found.getBoolean(3))
              .one();
      assertThat(channel)
          .as("%s: %s", when, account)
          .matches(
              row.balance()
                  + (row.balance() == 0 ? " (OPEN|CLOSING|CLOSED)" : " (OPEN|CLOSING)")
                  + " true");
    }
  }
}
