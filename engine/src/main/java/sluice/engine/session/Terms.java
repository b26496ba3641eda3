package sluice.engine.session;

import java.util.Optional;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;

/**
 * On which terms a torrent takes part in its session.
 *
 * @param place in the queue; empty: behind all others
 * @param share when it has shared enough, where it differs from its class and the session
 * @param maxPeers connections that it may have; 0 leaves it to the session
 * @param bandwidthClass name of its class, or {@link BandwidthPlan#ORDINARY}
 * @param peerRate limits each of its peers
 * @param uploadSlots peers that it may send to at a time; 0 leaves it to the session
 * @param rank against other torrents of its class
 */
public record Terms(
    Optional<QueuePlace> place,
    ShareRule share,
    int maxPeers,
    String bandwidthClass,
    PeerRate peerRate,
    int uploadSlots,
    Rank rank) {
  /** Those of a torrent of which nothing was said. */
  public static final Terms DEFAULT =
      new Terms(
          Optional.empty(),
          ShareRule.INHERIT,
          0,
          BandwidthPlan.ORDINARY,
          PeerRate.UNLIMITED,
          0,
          Rank.NORMAL);

  /** The same at another place in the queue. */
  public Terms place(QueuePlace changed) {
    return new Terms(
        Optional.of(changed), share, maxPeers, bandwidthClass, peerRate, uploadSlots, rank);
  }

  /** The same with another rule. */
  public Terms share(ShareRule changed) {
    return new Terms(place, changed, maxPeers, bandwidthClass, peerRate, uploadSlots, rank);
  }

  /** The same with at most {@code most} connections; 0 leaves it to the session. */
  public Terms maxPeers(int most) {
    return new Terms(place, share, most, bandwidthClass, peerRate, uploadSlots, rank);
  }

  /** The same in the class {@code name}. */
  public Terms in(String name) {
    return new Terms(place, share, maxPeers, name, peerRate, uploadSlots, rank);
  }

  /** The same with another limit of each peer. */
  public Terms peerRate(PeerRate each) {
    return new Terms(place, share, maxPeers, bandwidthClass, each, uploadSlots, rank);
  }

  /** The same with another number of peers that it may send to; 0 leaves it to the session. */
  public Terms uploadSlots(int slots) {
    return new Terms(place, share, maxPeers, bandwidthClass, peerRate, slots, rank);
  }

  /** The same with another rank. */
  public Terms rank(Rank changed) {
    return new Terms(place, share, maxPeers, bandwidthClass, peerRate, uploadSlots, changed);
  }

  /** How many peers it may send to in a session that gives {@code usual} to each. */
  int slots(int usual) {
    return uploadSlots == 0 ? usual : uploadSlots;
  }

  int mostPeers() {
    return maxPeers == 0 ? Integer.MAX_VALUE : maxPeers;
  }
}
