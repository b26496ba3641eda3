package sluice.ledger.book;

/**
 * A change of one account.
 *
 * @param micros added to the balance; never 0
 */
public record Posting(Account account, long micros) {
  public Posting {
    if (micros == 0) {
      throw new IllegalArgumentException("a posting of nothing to " + account);
    }
  }
}
