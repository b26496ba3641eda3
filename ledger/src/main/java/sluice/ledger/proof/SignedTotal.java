package sluice.ledger.proof;

import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.Liabilities;
import sluice.market.sign.PayAddress;
import sluice.market.sign.PaySignature;

/**
 * What a hub says that it owes of one asset.
 *
 * @param asset id of the asset, whose hash is signed
 */
public record SignedTotal(String asset, Liabilities liabilities, PaySignature signature) {
  /** Whether the hub with this address signed it. */
  public boolean isBy(PayAddress hub, Domain domain) {
    return ChannelCert.asset(asset).equals(liabilities.asset())
        && signature.isBy(hub, liabilities.digest(domain));
  }
}
