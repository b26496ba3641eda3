package sluice.ledger.store;

import java.util.List;

/**
 * Goes through all entries and says what does not hold: sums (I1), signs (I2), channels (I3, I4),
 * the whole (I5), the chain of hashes (I6), balances (I7).
 *
 * @param entries how many there are
 * @param findings what is wrong; empty when the books are right
 */
public record Audit(long entries, List<String> findings) {
  public Audit {
    findings = List.copyOf(findings);
  }

  /** Audits the whole ledger in one transaction, so that nothing changes meanwhile. */
  public static Audit of(Database database) {
    return database.write(0, books -> new Auditor(books.handle()).audit());
  }
}
