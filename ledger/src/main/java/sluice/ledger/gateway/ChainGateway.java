package sluice.ledger.gateway;

import java.util.Optional;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/** A chain as the ledger uses it. Calls block and may fail at any time, done or not done. */
public interface ChainGateway {
  /** The id of the chain's first block: which chain this is. */
  Hash genesis() throws ChainException;

  /** The final block at {@code height}; empty while there is none. */
  Optional<ChainBlock> finalBlock(long height) throws ChainException;

  /** Whether coins that come to {@code address} are the hub's. */
  boolean isOwn(PayAddress address);

  /**
   * Makes and signs the transaction that pays {@code withdrawal}, and sends nothing. Two of them
   * never have the same id.
   */
  Payment build(Withdrawal withdrawal, long nowSeconds) throws ChainException;

  /** Sends what was built; any number of times, as the chain takes the same bytes once. */
  void send(Payment payment) throws ChainException;
}
