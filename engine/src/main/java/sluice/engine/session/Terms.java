package sluice.engine.session;

import java.util.Optional;
import sluice.engine.policy.ShareRule;

/**
 * On which terms a torrent takes part in its session.
 *
 * @param place in the queue; empty: behind all others
 * @param share when it has shared enough, where it differs from the session
 * @param maxPeers connections that it may have; 0 leaves it to the session
 */
public record Terms(Optional<QueuePlace> place, ShareRule share, int maxPeers) {
  /** Those of a torrent of which nothing was said. */
  public static final Terms DEFAULT = new Terms(Optional.empty(), ShareRule.INHERIT, 0);

  /** The same at another place in the queue. */
  public Terms place(QueuePlace changed) {
    return new Terms(Optional.of(changed), share, maxPeers);
  }

  /** The same with another rule. */
  public Terms share(ShareRule changed) {
    return new Terms(place, changed, maxPeers);
  }

  /** The same with at most {@code most} connections; 0 leaves it to the session. */
  public Terms maxPeers(int most) {
    return new Terms(place, share, most);
  }

  int mostPeers() {
    return maxPeers == 0 ? Integer.MAX_VALUE : maxPeers;
  }
}
