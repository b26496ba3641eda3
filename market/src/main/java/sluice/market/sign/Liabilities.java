package sluice.market.sign;

import sluice.protocol.digest.Hash;

/**
 * What a hub says under its signature that it owes: the root of a tree in which each member finds
 * its own part.
 *
 * @param asset hash of the asset's id
 * @param total micro-units owed to all members
 * @param root hash of the tree's root
 * @param members leaves of the tree
 * @param entry number of the last entry of the books that was counted
 * @param head hash of that entry
 * @param unixSeconds when
 */
public record Liabilities(
    Hash asset, long total, Hash root, long members, long entry, Hash head, long unixSeconds) {
  static final String TYPE =
      "Liabilities(bytes32 asset,uint256 total,bytes32 root,uint256 members,uint256 entry,"
          + "bytes32 head,uint64 time)";

  public Liabilities {
    if (total < 0 || members < 0 || entry < 0 || unixSeconds < 0) {
      throw new IllegalArgumentException("liabilities of " + total + " to " + members);
    }
  }

  /** What the hub signs. */
  public Hash digest(Domain domain) {
    return new TypedData(TYPE)
        .bytes32(asset)
        .uint(total)
        .bytes32(root)
        .uint(members)
        .uint(entry)
        .bytes32(head)
        .uint(unixSeconds)
        .digest(domain.separator());
  }
}
