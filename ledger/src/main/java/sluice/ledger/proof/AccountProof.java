package sluice.ledger.proof;

import java.util.Optional;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * A member's part in what a hub owes. It can be checked without the hub.
 *
 * @param domain of the hub
 * @param micros what the hub owes the member: available, locked by it in channels, on its way out
 */
public record AccountProof(
    Domain domain, SignedTotal total, PayAddress member, Hash nonce, long micros, Branch branch) {

  /** Why it proves nothing; empty if it does. */
  public Optional<String> problem() {
    byte[] identity = domain.hub().bytes();
    PayAddress hub =
        new PayAddress(Hash.of(identity, identity.length - PayAddress.BYTES, PayAddress.BYTES));
    Optional<SumNode> root = branch.root(SumNode.leaf(nonce, member, micros));
    if (!total.isBy(hub, domain)) {
      return Optional.of("the hub " + domain.hub() + " did not sign this total");
    } else if (branch.leaves() != total.liabilities().members()) {
      return Optional.of("the branch is of another number of members");
    } else if (root.isEmpty()) {
      return Optional.of("the branch leads to no root");
    } else if (!root.get().hash().equals(total.liabilities().root())) {
      return Optional.of("the branch leads to another root: this account was not counted so");
    } else if (root.get().micros() != total.liabilities().total()) {
      return Optional.of("the branch adds up to " + root.get().micros());
    }
    return Optional.empty();
  }
}
