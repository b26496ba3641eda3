package sluice.daemon.shelf;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import sluice.client.Client;
import sluice.client.limit.LimitRules;
import sluice.daemon.web.Problem;
import sluice.engine.policy.Bound;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.BandwidthPlan;

/**
 * What users set while the daemon runs; kept with the labels and told to the client. Any thread.
 */
public final class Preferences {
  /** The label under which the folder for those who name none is kept. */
  static final String FOLDER = "folder";

  private static final int HALF_OPEN = 50;

  private final Client client;
  private final Labels labels;
  private final Roots roots;
  private final Groups groups;
  private final Map<Preference, Long> values = new EnumMap<>(Preference.class);

  /**
   * Those that were set before; the client is told of them, and of {@code rules}, which users do
   * not set while the daemon runs.
   */
  public Preferences(Client client, Labels labels, Roots roots, LimitRules rules) {
    this.client = client;
    this.labels = labels;
    this.roots = roots;
    this.groups = new Groups(labels, rules);
    for (Preference each : Preference.values()) {
      values.put(each, labels.value(each.text()).map(Long::valueOf).orElse(each.usual()));
    }
    apply();
  }

  /** What is set. */
  public synchronized long get(Preference preference) {
    return values.getOrDefault(preference, preference.usual());
  }

  /** Whether it is set. */
  public boolean is(Preference flag) {
    return get(flag) != 0;
  }

  /** Sets some, and tells the client. */
  public synchronized void set(Map<Preference, Long> changed) {
    changed.forEach((preference, value) -> {
      if (value < 0 || value > preference.most()) {
        throw Problem.bad(preference.text() + " is from 0 to " + preference.most());
      }
    });
    changed.forEach((preference, value) -> {
      values.put(preference, value);
      labels.value(preference.text(), Long.toString(value));
    });
    if (!changed.isEmpty()) {
      apply();
    }
  }

  /** Sets one. */
  public void set(Preference preference, long value) {
    set(Map.of(preference, value));
  }

  /** The folder for those who name none. */
  public Path folder() {
    return labels.value(FOLDER).map(Path::of).orElse(roots.usual());
  }

  /** Changes the folder for those who name none. */
  public void folder(String text) {
    labels.value(FOLDER, roots.of(text).toString());
  }

  /** Classes of bandwidth. */
  public Groups groups() {
    return groups;
  }

  /**
   * Makes a class of bandwidth, or changes one that was made so, and tells the client.
   *
   * @param exempt whether the limits of session and torrents do not hold for it
   * @param down most bytes per second; 0 for no limit
   * @param up most bytes per second; 0 for no limit
   */
  public synchronized void group(String name, boolean exempt, long down, long up) {
    groups.set(name, exempt, down, up);
    apply();
  }

  private void apply() {
    var policies = client.policies();
    BandwidthPlan usual =
        groups.plan(
            limit(Preference.DOWN_LIMITED, Preference.DOWN_LIMIT),
            limit(Preference.UP_LIMITED, Preference.UP_LIMIT));
    policies.bandwidth(usual);
    policies.peerClasses(groups.peers());
    policies.schedule(groups.schedule(usual));
    policies.choose(
        is(Preference.ALTERNATIVE)
            ? Optional.of(
                Profile.always(
                    "alternative",
                    groups.plan(get(Preference.ALTERNATIVE_DOWN), get(Preference.ALTERNATIVE_UP))))
            : Optional.empty());
    policies.queue(
        new QueueLimits(
            most(Preference.QUEUE_DOWNLOADS_LIMITED, Preference.QUEUE_DOWNLOADS),
            most(Preference.QUEUE_SEEDS_LIMITED, Preference.QUEUE_SEEDS),
            most(Preference.QUEUE_ACTIVE_LIMITED, Preference.QUEUE_ACTIVE),
            QueueLimits.UNLIMITED));
    policies.share(
        new ShareRule(
            bound(Preference.RATIO_LIMITED, get(Preference.RATIO_PERMILLE)),
            bound(
                Preference.SEED_MINUTES_LIMITED,
                TimeUnit.MINUTES.toNanos(get(Preference.SEED_MINUTES))),
            bound(
                Preference.IDLE_MINUTES_LIMITED,
                TimeUnit.MINUTES.toNanos(get(Preference.IDLE_MINUTES))),
            Optional.empty()));
    policies.peers(
        new PeerLimits(
            (int) get(Preference.PEERS),
            HALF_OPEN,
            (int) get(Preference.PEERS_OF_TORRENT),
            PeerLimits.PER_ADDRESS));
  }

  private long limit(Preference limited, Preference limit) {
    return is(limited) ? Math.max(1, get(limit)) : 0;
  }

  private int most(Preference limited, Preference limit) {
    return is(limited) ? (int) get(limit) : QueueLimits.UNLIMITED;
  }

  private Bound bound(Preference limited, long value) {
    return is(limited) ? Bound.at(value) : Bound.never();
  }
}
