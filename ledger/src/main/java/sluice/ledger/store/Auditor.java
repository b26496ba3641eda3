package sluice.ledger.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.Account;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.Entry;
import sluice.ledger.book.EntryKind;
import sluice.ledger.book.Posting;

/** One audit while it runs. One thread. */
final class Auditor {
  private static final int MAX_FINDINGS = 100;
  private static final int FETCH_ROWS = 1_000;

  private final Handle handle;
  private final List<String> findings = new ArrayList<>();
  private final Map<Account, Long> replayed = new HashMap<>();
  private String hash = "0".repeat(64);
  private long last;
  private final List<Line> lines = new ArrayList<>();

  /** One posting, with its entry. */
  private record Line(
      long number,
      EntryKind kind,
      String reference,
      long atSeconds,
      String hash,
      Optional<Posting> posting) {}

  Auditor(Handle handle) {
    this.handle = handle;
  }

  Audit audit() {
    entries();
    head();
    balances();
    channels();
    return new Audit(last, findings);
  }

  private void find(String finding) {
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    }
  }

  private void entries() {
    handle
        .createQuery(
            "select e.number, e.kind, e.reference, e.at_seconds, e.hash,"
                + " p.kind, p.owner, p.asset, p.micros"
                + " from entry e left join posting p on p.entry = e.number"
                + " order by e.number, p.line")
        .setFetchSize(FETCH_ROWS)
        .map((row, context) -> line(row))
        .forEach(this::line);
    finish();
  }

  private static Line line(ResultSet row) throws SQLException {
    Optional<Posting> posting =
        row.getString(6) == null
            ? Optional.empty()
            : Optional.of(
                new Posting(
                    new Account(
                        AccountKind.valueOf(row.getString(6)), row.getString(7), row.getString(8)),
                    row.getLong(9)));
    return new Line(
        row.getLong(1),
        EntryKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        posting);
  }

  private void line(Line line) {
    if (!lines.isEmpty() && lines.getFirst().number() != line.number()) {
      finish();
    }
    lines.add(line);
  }

  /** Looks at the entry whose lines are gathered. */
  private void finish() {
    if (!lines.isEmpty()) {
      Line first = lines.getFirst();
      entry(first, lines.stream().flatMap(line -> line.posting().stream()).toList());
      lines.clear();
    }
  }

  private void entry(Line first, List<Posting> postings) {
    long number = first.number();
    if (number != last + 1) {
      find("I6: after entry " + last + " comes " + number);
    }
    last = number;
    try {
      Entry entry = new Entry(first.kind(), first.reference(), postings);
      if (!Books.next(hash, entry.canonical(number, first.atSeconds())).equals(first.hash())) {
        find("I6: entry " + number + " was changed");
      }
    } catch (IllegalArgumentException e) {
      find("I1: entry " + number + ": " + e.getMessage());
    }
    hash = first.hash();
    for (Posting posting : postings) {
      long balance = replayed.merge(posting.account(), posting.micros(), Math::addExact);
      if (!posting.account().kind().allows(balance)) {
        find("I2: after entry " + number + " " + posting.account() + " has " + balance);
      }
    }
  }

  private void head() {
    String head =
        handle
            .createQuery("select entry, hash from head")
            .map((row, context) -> row.getLong(1) + " " + row.getString(2))
            .one();
    if (!head.equals(last + " " + hash)) {
      find("I6: the head is " + head + ", the last entry " + last + " " + hash);
    }
  }

  private void balances() {
    Map<Account, Long> kept = new HashMap<>();
    Map<String, Long> sums = new TreeMap<>();
    handle
        .createQuery("select kind, owner, asset, micros from account")
        .map((row, context) ->
            Map.entry(
                new Account(
                    AccountKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                row.getLong(4)))
        .forEach(row -> {
          kept.put(row.getKey(), row.getValue());
          sums.merge(row.getKey().asset(), row.getValue(), Math::addExact);
        });
    if (!kept.equals(replayed)) {
      kept.forEach((account, micros) -> {
        if (!micros.equals(replayed.get(account))) {
          find("I7: " + account + " has " + micros + ", its entries say " + replayed.get(account));
        }
      });
      replayed.keySet().stream()
          .filter(account -> !kept.containsKey(account))
          .forEach(account -> find("I7: " + account + " is gone"));
    }
    sums.forEach((asset, sum) -> {
      if (sum != 0) {
        find("I5: what is had and what is owed of " + asset + " differ by " + sum);
      }
    });
  }

  private void channels() {
    handle
        .createQuery("select id, asset, deposit, paid, refunded, state from channel")
        .map((row, context) -> {
          String id = row.getString(1);
          long left = row.getLong(3) - row.getLong(4) - row.getLong(5);
          long locked = replayed.getOrDefault(Account.channel(id, row.getString(2)), 0L);
          if (left < 0 || row.getLong(4) < 0 || row.getLong(5) < 0) {
            find("I3: channel " + id + " has paid more than its deposit");
          }
          if (left != locked || (row.getString(6).equals("CLOSED") && left != 0)) {
            find("I4: channel " + id + " should lock " + left + " and locks " + locked);
          }
          return 0;
        })
        .forEach(row -> {});
  }
}
