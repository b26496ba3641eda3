package sluice.ledger.gateway;

import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * A transfer in a final block.
 *
 * @param txid id of its transaction
 * @param index number of the contract in the transaction
 * @param succeeded whether the chain says that it was carried out
 */
public record ChainTransfer(
    Hash txid,
    int index,
    PayAddress from,
    PayAddress to,
    String asset,
    long micros,
    boolean succeeded) {

  /** How the books name it. */
  String reference() {
    return txid.hex() + ":" + index;
  }
}
