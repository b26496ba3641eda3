package sluice.market.trade;

import sluice.market.sign.ChannelCert;
import sluice.market.sign.Domain;
import sluice.market.sign.PayAddress;
import sluice.protocol.digest.Hash;

/**
 * Where and in what is paid.
 *
 * @param domain of the hub
 * @param address signs the hub's certificates
 * @param asset id of the asset
 */
public record HubTerms(Domain domain, PayAddress address, String asset) {
  /** Identity of the hub. */
  public Hash hub() {
    return domain.hub();
  }

  /** The asset as certificates name it. */
  public Hash assetHash() {
    return ChannelCert.asset(asset);
  }
}
