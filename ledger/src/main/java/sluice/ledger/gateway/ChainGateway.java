package sluice.ledger.gateway;

import java.util.List;
import java.util.Optional;
import sluice.ledger.hub.Payment;
import sluice.ledger.hub.Withdrawal;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/** A chain as the ledger uses it. Calls block and may fail at any time, done or not done. */
public interface ChainGateway {
  /** The id of the chain's first block: which chain this is. */
  Hash genesis() throws ChainException;

  /**
   * Final blocks from {@code height} on, without a gap, at most so many; none while there is none.
   */
  List<ChainBlock> finalBlocks(long height, int most) throws ChainException;

  /**
   * The hub's own address of a number: 0 pays out and takes what members send from their own; each
   * other one can stand for one member. The same number is always the same address.
   */
  PayAddress address(int number);

  /** How the chain writes an address. */
  String text(PayAddress address);

  /** What addresses have as of a final block; the first one pays out. */
  ChainFunds funds(List<PayAddress> own) throws ChainException;

  /**
   * Makes and signs the transaction that pays {@code withdrawal}, and sends nothing. Two of them
   * never have the same id.
   */
  Payment build(Withdrawal withdrawal, long nowSeconds) throws ChainException;

  /**
   * Has coins that came to members' addresses come to the one that pays out, which is the first.
   * They stay the hub's: it is safe to be done twice or half.
   *
   * @return what is wrong; empty if nothing is
   */
  Optional<String> collect(List<PayAddress> own, String asset) throws ChainException;

  /** Sends what was built; any number of times, as the chain takes the same bytes once. */
  Sending send(Payment payment) throws ChainException;
}
