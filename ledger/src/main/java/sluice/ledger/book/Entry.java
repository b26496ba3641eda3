package sluice.ledger.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One event of the books. Its postings sum to zero for each asset, and no account stands twice.
 *
 * @param reference what it is about, unique for its kind: a channel with its total, a transaction
 */
public record Entry(EntryKind kind, String reference, List<Posting> postings) {
  public static final int MAX_POSTINGS = 16;

  public Entry {
    postings = List.copyOf(postings);
    if (postings.size() < 2 || postings.size() > MAX_POSTINGS) {
      throw new IllegalArgumentException("an entry of " + postings.size() + " postings");
    }
    Map<String, Long> sums = new HashMap<>();
    Set<Account> accounts = new HashSet<>();
    for (Posting posting : postings) {
      sums.merge(posting.account().asset(), posting.micros(), Math::addExact);
      if (!accounts.add(posting.account())) {
        throw new IllegalArgumentException("twice in one entry: " + posting.account());
      }
    }
    if (sums.values().stream().anyMatch(sum -> sum != 0)) {
      throw new IllegalArgumentException("does not balance: " + postings);
    }
  }

  /** Moves {@code micros}, at least one, from an account to another. */
  public static Entry move(
      EntryKind kind, String reference, Account from, Account to, long micros) {
    return new Entry(kind, reference, List.of(new Posting(from, -micros), new Posting(to, micros)));
  }

  /** The lines that the hash of the entry covers, beside the hash before it. */
  public String canonical(long number, long atSeconds) {
    List<String> lines = new ArrayList<>();
    lines.add(number + " " + atSeconds + " " + kind + " " + reference);
    for (Posting posting : postings) {
      Account account = posting.account();
      lines.add(
          account.kind() + " " + account.owner() + " " + account.asset() + " " + posting.micros());
    }
    return String.join("\n", lines) + "\n";
  }
}
