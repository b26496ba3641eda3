package sluice.engine.session;

import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.ShareRule;

/**
 * What a session does by itself.
 *
 * @param queue how many torrents may run at a time
 * @param share when a torrent has shared enough, where it does not say so itself
 */
public record Policies(QueueLimits queue, ShareRule share) {
  /** Nothing. */
  public static final Policies NONE = new Policies(QueueLimits.OPEN, ShareRule.INHERIT);
}
