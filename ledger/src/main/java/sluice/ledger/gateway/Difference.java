package sluice.ledger.gateway;

import java.util.List;
import org.jdbi.v3.core.Handle;
import sluice.ledger.store.Books;

/**
 * What books and chain had of an asset at a block, where they differed.
 *
 * @param bookedMicros what the books said that the hub has on the chain
 * @param foundMicros what the chain said
 */
public record Difference(String asset, long height, long bookedMicros, long foundMicros) {
  /** What the chain has more than the books; below 0 if it has less. */
  public long surplusMicros() {
    return foundMicros - bookedMicros;
  }

  @Override
  public String toString() {
    return asset + ": the books have " + bookedMicros + ", the chain has " + foundMicros;
  }

  static List<Difference> read(Handle handle) {
    return handle
        .createQuery("select asset, height, booked, found from chain_difference order by asset")
        .map((row, context) ->
            new Difference(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .list();
  }

  /** These are all that differs. */
  static void keep(Books books, List<Difference> differences) {
    books.handle().execute("delete from chain_difference");
    for (Difference difference : differences) {
      books
          .handle()
          .execute(
              "insert into chain_difference (asset, height, booked, found) values (?, ?, ?, ?)",
              difference.asset(),
              difference.height(),
              difference.bookedMicros(),
              difference.foundMicros());
    }
  }
}
