package sluice.engine.session;

import java.util.Optional;
import sluice.engine.policy.ShareRule;

/**
 * On which terms a torrent takes part in its session.
 *
 * @param place in the queue; empty: behind all others
 * @param share when it has shared enough, where it differs from the session
 */
public record Terms(Optional<QueuePlace> place, ShareRule share) {
  /** Those of a torrent of which nothing was said. */
  public static final Terms DEFAULT = new Terms(Optional.empty(), ShareRule.INHERIT);

  /** The same at another place in the queue. */
  public Terms place(QueuePlace changed) {
    return new Terms(Optional.of(changed), share);
  }

  /** The same with another rule. */
  public Terms share(ShareRule changed) {
    return new Terms(place, changed);
  }
}
