package sluice.daemon.shelf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.client.limit.LimitRules;
import sluice.daemon.web.Problem;
import sluice.engine.policy.Schedule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;

/**
 * Classes of bandwidth: those of the configuration, and those that users make while the daemon
 * runs, which are kept with the labels. Any thread.
 */
public final class Groups {
  /** What the labels call a class that users made. */
  private static final String KEY = "group ";

  private final Labels labels;
  private final LimitRules rules;

  Groups(Labels labels, LimitRules rules) {
    this.labels = labels;
    this.rules = rules;
  }

  /** All of them. */
  public List<ClassSpec> all() {
    List<ClassSpec> all = new ArrayList<>(rules.classes());
    labels
        .values(KEY)
        .forEach((name, text) -> {
          if (all.size() < BandwidthPlan.MAX_CLASSES && !isOfConfiguration(name)) {
            all.add(read(name, text));
          }
        });
    return all;
  }

  /** Whether there is one of this name. */
  public boolean has(String name) {
    return isOfConfiguration(name) || labels.value(KEY + name).isPresent();
  }

  private boolean isOfConfiguration(String name) {
    return rules.classes().stream().anyMatch(c -> c.name().equals(name));
  }

  /** Makes one, or changes one that was made so; 0 is no ceiling. */
  void set(String name, boolean exempt, long down, long up) {
    if (isOfConfiguration(name)) {
      throw Problem.conflict("the class " + name + " is a line of the configuration");
    } else if (!has(name) && all().size() >= BandwidthPlan.MAX_CLASSES) {
      throw Problem.conflict("there are " + BandwidthPlan.MAX_CLASSES + " classes of bandwidth");
    }
    Labels.require(name, 0);
    labels.value(KEY + name, (exempt ? 1 : 0) + " " + down + " " + up);
  }

  private static ClassSpec read(String name, String text) {
    String[] words = text.split(" ", -1);
    return new ClassSpec(
        name,
        words[0].equals("1"),
        limits(Long.parseLong(words[1])),
        limits(Long.parseLong(words[2])));
  }

  private static ClassLimits limits(long ceiling) {
    return new ClassLimits(ClassLimits.PLAIN.weight(), ceiling, 0);
  }

  BandwidthPlan plan(long down, long up) {
    return new BandwidthPlan(down, up, all());
  }

  List<PeerClass> peers() {
    return rules.peers();
  }

  Optional<Schedule> schedule(BandwidthPlan usual) {
    return rules.schedule(usual);
  }
}
