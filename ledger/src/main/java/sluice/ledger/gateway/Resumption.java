package sluice.ledger.gateway;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.store.Books;
import sluice.ledger.store.Database;
import sluice.protocol.digest.Hash;

/**
 * The operator's hand when a gateway stands still because the chain contradicted what it had read.
 * It goes on with the block that stopped it: one that does not follow stops it again, while a
 * payment that had been given up is passed over, after which books and chain differ by it (see
 * {@link Acceptance}). Each time is kept for good, with the operator's reason. No state.
 *
 * @param atSeconds when it was, in seconds of Unix time
 * @param halted why it stood still
 * @param reason why it was let go on
 */
public record Resumption(long atSeconds, String halted, String reason) {
  /** Why the gateway stands still; empty if it does not, or if the ledger is on no chain. */
  public static Optional<String> halted(Database database) {
    return database.read(Cursor::find).flatMap(Cursor::halted);
  }

  /** All that there were, the oldest first. */
  public static List<Resumption> all(Database database) {
    return database.read(handle ->
        handle
            .createQuery("select at_seconds, halted, reason from resumption order by number")
            .map((row, context) ->
                new Resumption(row.getLong(1), row.getString(2), row.getString(3)))
            .list());
  }

  /**
   * Lets the gateway go on.
   *
   * @param reason for those who audit the books
   * @return why it had stood still; empty, and nothing is changed, if it did not
   */
  public static Optional<String> resume(Database database, long nowSeconds, String reason) {
    OperatorReason.require(reason);
    return database.write(nowSeconds, books -> resume(books, reason));
  }

  private static Optional<String> resume(Books books, String reason) {
    Optional<String> halted = Cursor.find(books.handle()).flatMap(Cursor::halted);
    halted.ifPresent(why -> {
      books
          .handle()
          .execute(
              "insert into resumption (number, at_seconds, halted, txid, reason) select"
                  + " coalesce((select max(number) from resumption), 0) + 1, ?, halted, halted_tx,"
                  + " ? from chain",
              books.nowSeconds(),
              reason);
      Cursor.resume(books);
    });
    return halted;
  }

  /** Whether an operator has seen that this transaction was paid after it had been given up. */
  static boolean passes(Handle handle, Hash txid) {
    return handle
        .createQuery("select 1 from resumption where txid = ?")
        .bind(0, txid.hex())
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }
}
