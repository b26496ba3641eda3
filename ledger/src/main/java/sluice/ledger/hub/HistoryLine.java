package sluice.ledger.hub;

import java.util.List;
import org.jdbi.v3.core.Handle;
import sluice.ledger.book.AccountKind;
import sluice.ledger.book.EntryKind;
import sluice.market.sign.PayAddress;

/**
 * A line of a member's history.
 *
 * @param entry number of the entry
 * @param reference what the entry is about, such as a channel with its total
 * @param account the member's account that changed
 * @param micros by how much
 */
public record HistoryLine(
    long entry,
    long atSeconds,
    EntryKind kind,
    String reference,
    AccountKind account,
    long micros) {

  static List<HistoryLine> of(
      Handle handle, PayAddress member, String asset, long before, int most) {
    return handle
        .createQuery(
            "select e.number, e.at_seconds, e.kind, e.reference, p.kind, p.micros"
                + " from posting p join entry e on e.number = p.entry"
                + " where p.owner = ? and p.kind in ('AVAILABLE', 'PENDING_WITHDRAWAL')"
                + " and p.asset = ? and p.entry < ?"
                + " order by p.entry desc, p.line limit ?")
        .bind(0, member.hex())
        .bind(1, asset)
        .bind(2, before)
        .bind(3, most)
        .map((row, context) ->
            new HistoryLine(
                row.getLong(1),
                row.getLong(2),
                EntryKind.valueOf(row.getString(3)),
                row.getString(4),
                AccountKind.valueOf(row.getString(5)),
                row.getLong(6)))
        .list();
  }
}
