package sluice.engine.session;

import java.util.Optional;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.ShareRules;

/**
 * What a session does by itself.
 *
 * @param queue how many torrents may run at a time
 * @param share when a torrent has shared enough, where it does not say so itself
 * @param schedule when which limits hold
 */
public record Policies(QueueLimits queue, ShareRules share, Optional<Schedule> schedule) {
  /** Nothing. */
  public static final Policies NONE =
      new Policies(QueueLimits.OPEN, ShareRules.of(ShareRule.INHERIT), Optional.empty());

  /** The same with other limits of the queue. */
  public Policies queue(QueueLimits changed) {
    return new Policies(changed, share, schedule);
  }

  /** The same with another rule for what is enough. */
  public Policies share(ShareRule changed) {
    return share(share.session(changed));
  }

  /** The same with other rules for what is enough. */
  public Policies share(ShareRules changed) {
    return new Policies(queue, changed, schedule);
  }

  /** The same with a schedule. */
  public Policies schedule(Schedule changed) {
    return new Policies(queue, share, Optional.of(changed));
  }
}
