package sluice.ledger.gateway;

import java.util.List;
import sluice.protocol.digest.Hash;

/**
 * A final block.
 *
 * @param parent id of the block before it
 * @param transfers of all assets and members, in order
 */
public record ChainBlock(
    long height, Hash id, Hash parent, long timeSeconds, List<ChainTransfer> transfers) {
  public ChainBlock {
    transfers = List.copyOf(transfers);
  }
}
