package sluice.market.trade;

import java.util.function.Consumer;
import sluice.market.sign.ChannelCert;
import sluice.market.sign.PaySignature;
import sluice.market.sign.Voucher;
import sluice.protocol.digest.Hash;

/**
 * A payee's channels and the highest voucher of each. Calls return at once; each is answered
 * exactly once, on the loop and not inside the call.
 */
public interface Till {
  /**
   * Looks whether the hub has signed the certificate, and keeps it.
   *
   * @param told hears how much was taken on the channel before, or a negative number: the signature
   *     is not the hub's, or the channel is at its end
   */
  void admit(ChannelCert cert, PaySignature signature, Consumer<Long> told);

  /**
   * Looks whether the channel's payer has signed a voucher, and keeps it.
   *
   * @param told hears true once nothing can lose it any more, false if it is not signed so
   */
  void take(Voucher voucher, PaySignature signature, Consumer<Boolean> told);

  /** The payer has gone, or its turn is over: the hub may be asked for the money. */
  void settle(Hash channel);
}
