package sluice.ledger.hub;

import java.sql.ResultSet;
import java.sql.SQLException;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * A channel as the hub keeps it.
 *
 * @param cert what was certified last
 * @param payer member that pays
 * @param payee member that is paid
 * @param asset id of the asset
 * @param paidMicros redeemed so far
 * @param refundedMicros given back to the payer
 * @param refundAt from when on the rest is given back, in seconds of Unix time
 */
public record Channel(
    ChannelCert cert,
    PayAddress payer,
    PayAddress payee,
    String asset,
    long paidMicros,
    long refundedMicros,
    State state,
    long refundAt) {

  /** Where a channel is in its life. */
  public enum State {
    OPEN,
    /** Its payer closes it; vouchers are redeemed until the refund. */
    CLOSING,
    CLOSED
  }

  static final String COLUMNS =
      "id, payer, payer_key, payee, payee_alias, asset, deposit, paid, refunded, state,"
          + " opened_at, expires_at, grace_seconds, refund_at";

  /** What is still locked. */
  public long lockedMicros() {
    return cert.deposit() - paidMicros - refundedMicros;
  }

  static Channel read(ResultSet row) throws SQLException {
    String asset = row.getString("asset");
    ChannelCert cert =
        new ChannelCert(
            Hash.ofHex(row.getString("id")),
            PayAddress.ofHex(row.getString("payer_key")),
            PayAddress.ofHex(row.getString("payee_alias")),
            ChannelCert.asset(asset),
            row.getLong("deposit"),
            row.getLong("opened_at"),
            row.getLong("expires_at"),
            row.getLong("grace_seconds"));
    return new Channel(
        cert,
        PayAddress.ofHex(row.getString("payer")),
        PayAddress.ofHex(row.getString("payee")),
        asset,
        row.getLong("paid"),
        row.getLong("refunded"),
        State.valueOf(row.getString("state")),
        row.getLong("refund_at"));
  }
}
