package sluice.ledger.hub;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import sluice.market.sign.PayAddress;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/**
 * Money on its way out.
 *
 * @param micros what is paid on the chain
 * @param feeMicros what the hub keeps
 * @param number grows with each withdrawal of the hub; they are paid in this order
 * @param payment what pays it, once that is built
 */
public record Withdrawal(
    Hash id,
    PayAddress member,
    String asset,
    long micros,
    long feeMicros,
    PayAddress to,
    State state,
    long number,
    long atSeconds,
    Optional<Payment> payment) {

  /** Where a withdrawal is in its life. */
  public enum State {
    /** The member's money is set aside. */
    REQUESTED,
    /** The transaction that pays it is signed and kept; it may be sent at any time. */
    BUILT,
    /** It was sent at least once. */
    SENT,
    /** It is in a final block. */
    PAID,
    /** It can no longer be paid; the member has its money again. */
    RETURNED;

    /** Whether it will not change. */
    public boolean isEnd() {
      return this == PAID || this == RETURNED;
    }
  }

  static final String COLUMNS =
      "id, member, asset, amount, fee, destination, state, number, at_seconds, txid, raw,"
          + " expires_at";

  static Withdrawal read(ResultSet row) throws SQLException {
    String txid = row.getString("txid");
    String raw = row.getString("raw");
    Optional<Payment> payment =
        txid == null || raw == null
            ? Optional.empty()
            : Optional.of(
                new Payment(
                    Hash.ofHex(txid),
                    BString.of(HexFormat.of().parseHex(raw)),
                    row.getLong("expires_at")));
    return new Withdrawal(
        Hash.ofHex(row.getString("id")),
        PayAddress.ofHex(row.getString("member")),
        row.getString("asset"),
        row.getLong("amount"),
        row.getLong("fee"),
        PayAddress.ofHex(row.getString("destination")),
        State.valueOf(row.getString("state")),
        row.getLong("number"),
        row.getLong("at_seconds"),
        payment);
  }
}
