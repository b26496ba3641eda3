package sluice.engine.session;

import java.util.List;
import java.util.Optional;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.ShareRules;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;

/**
 * What a session does by itself.
 *
 * @param queue how many torrents may run at a time
 * @param share when a torrent has shared enough, where it does not say so itself
 * @param schedule when which limits hold
 * @param classes of bandwidth
 * @param peerClasses which peers belong to which of them; the first that fits holds
 */
public record Policies(
    QueueLimits queue,
    ShareRules share,
    Optional<Schedule> schedule,
    List<ClassSpec> classes,
    List<PeerClass> peerClasses) {
  /** Nothing. */
  public static final Policies NONE =
      new Policies(
          QueueLimits.OPEN,
          ShareRules.of(ShareRule.INHERIT),
          Optional.empty(),
          List.of(),
          List.of());

  public Policies {
    classes = List.copyOf(classes);
    peerClasses = List.copyOf(peerClasses);
  }

  /** The same with other limits of the queue. */
  public Policies queue(QueueLimits changed) {
    return new Policies(changed, share, schedule, classes, peerClasses);
  }

  /** The same with another rule for what is enough. */
  public Policies share(ShareRule changed) {
    return share(share.session(changed));
  }

  /** The same with other rules for what is enough. */
  public Policies share(ShareRules changed) {
    return new Policies(queue, changed, schedule, classes, peerClasses);
  }

  /** The same with a schedule. */
  public Policies schedule(Schedule changed) {
    return new Policies(queue, share, Optional.of(changed), classes, peerClasses);
  }

  /** The same with classes of bandwidth and with peers that belong to them. */
  public Policies classes(List<ClassSpec> changed, List<PeerClass> peers) {
    return new Policies(queue, share, schedule, changed, peers);
  }

  /** The limits of a session with these of its rate; 0 for none. */
  BandwidthPlan plan(long downBytesPerSecond, long upBytesPerSecond) {
    return new BandwidthPlan(downBytesPerSecond, upBytesPerSecond, classes);
  }
}
