package sluice.ledger.gateway;

import java.util.Optional;
import org.jdbi.v3.core.Handle;
import sluice.ledger.store.Books;
import sluice.ledger.store.LedgerFault;
import sluice.protocol.digest.Hash;

/**
 * How far a hub has read its chain; kept with what the blocks changed.
 *
 * @param halted why nothing is read or paid
 * @param held why nothing is paid
 */
record Cursor(
    String genesis,
    long height,
    String block,
    long blockSeconds,
    Optional<String> halted,
    Optional<String> held) {
  private static final int MAX_REASON = 512;

  static Cursor read(Handle handle) {
    return find(handle).orElseThrow(() -> new LedgerFault("the ledger is on no chain"));
  }

  static Optional<Cursor> find(Handle handle) {
    return handle
        .createQuery("select genesis, height, block, block_seconds, halted, held from chain")
        .map((row, context) ->
            new Cursor(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6))))
        .findOne();
  }

  /** The cursor that is kept, or one at {@code block} that is kept then. */
  static Cursor begin(Books books, String genesis, ChainBlock block) {
    return find(books.handle())
        .orElseGet(() -> {
          books
              .handle()
              .execute(
                  "insert into chain (id, genesis, height, block, block_seconds)"
                      + " values (1, ?, ?, ?, ?)",
                  genesis,
                  block.height(),
                  block.id().hex(),
                  block.timeSeconds());
          return read(books.handle());
        });
  }

  static void move(Books books, Cursor from, ChainBlock block) {
    int moved =
        books
            .handle()
            .execute(
                "update chain set height = ?, block = ?, block_seconds = ? where height = ?",
                block.height(),
                block.id().hex(),
                block.timeSeconds(),
                from.height());
    if (moved != 1) {
      throw new LedgerFault("the cursor is not at " + from.height());
    }
  }

  static void halt(Books books, String why) {
    books.handle().execute("update chain set halted = ?, halted_tx = null", cut(why));
  }

  /** The same for a transaction. */
  static void halt(Books books, String why, Hash txid) {
    books.handle().execute("update chain set halted = ?, halted_tx = ?", cut(why), txid.hex());
  }

  /** Blocks are read again. */
  static void resume(Books books) {
    books.handle().execute("update chain set halted = null, halted_tx = null");
  }

  /** Books and chain were compared: what differs, or that nothing does. */
  static void compared(Books books, long height, Optional<String> difference) {
    books
        .handle()
        .execute(
            "update chain set compared = ?, held = ?",
            height,
            difference.map(Cursor::cut).orElse(null));
  }

  /** Payments may go on, if the next comparison finds nothing. */
  static void release(Books books) {
    books.handle().execute("update chain set held = null");
  }

  private static String cut(String why) {
    return why.substring(0, Math.min(why.length(), MAX_REASON));
  }
}
