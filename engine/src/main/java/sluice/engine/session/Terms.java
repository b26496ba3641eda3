package sluice.engine.session;

import java.util.Optional;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerRate;

/**
 * On which terms a torrent takes part in its session.
 *
 * @param place in the queue; empty: behind all others
 * @param share when it has shared enough, where it differs from its class and the session
 * @param maxPeers connections that it may have; 0 leaves it to the session
 * @param bandwidthClass name of its class, or {@link BandwidthPlan#ORDINARY}
 * @param peerRate limits each of its peers
 */
public record Terms(
    Optional<QueuePlace> place,
    ShareRule share,
    int maxPeers,
    String bandwidthClass,
    PeerRate peerRate) {
  /** Those of a torrent of which nothing was said. */
  public static final Terms DEFAULT =
      new Terms(Optional.empty(), ShareRule.INHERIT, 0, BandwidthPlan.ORDINARY, PeerRate.UNLIMITED);

  /** The same at another place in the queue. */
  public Terms place(QueuePlace changed) {
    return new Terms(Optional.of(changed), share, maxPeers, bandwidthClass, peerRate);
  }

  /** The same with another rule. */
  public Terms share(ShareRule changed) {
    return new Terms(place, changed, maxPeers, bandwidthClass, peerRate);
  }

  /** The same with at most {@code most} connections; 0 leaves it to the session. */
  public Terms maxPeers(int most) {
    return new Terms(place, share, most, bandwidthClass, peerRate);
  }

  /** The same in the class {@code name}. */
  public Terms in(String name) {
    return new Terms(place, share, maxPeers, name, peerRate);
  }

  /** The same with another limit of each peer. */
  public Terms peerRate(PeerRate each) {
    return new Terms(place, share, maxPeers, bandwidthClass, each);
  }

  int mostPeers() {
    return maxPeers == 0 ? Integer.MAX_VALUE : maxPeers;
  }
}
