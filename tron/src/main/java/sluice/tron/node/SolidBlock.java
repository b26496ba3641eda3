package sluice.tron.node;

import java.util.List;
import sluice.protocol.digest.Hash;
import sluice.tron.tx.Transfer;

/**
 * A final block whose hashes hold together.
 *
 * @param transfers of coins, in order; other transactions are left out
 */
public record SolidBlock(
    long height, Hash id, Hash parent, long timeMillis, List<Included> transfers) {
  public SolidBlock {
    transfers = List.copyOf(transfers);
  }

  /**
   * A transfer in a block.
   *
   * @param succeeded whether the block says that it was carried out
   */
  public record Included(Hash txid, Transfer transfer, boolean succeeded) {}
}
