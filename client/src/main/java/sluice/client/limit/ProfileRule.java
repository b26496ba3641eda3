package sluice.client.limit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.WeekSpan;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassSpec;
import sluice.protocol.text.Quantity;

/**
 * What is said about a part of the week; the rest is as usual.
 *
 * @param name of the profile
 * @param spans when it holds
 * @param paused whether nothing runs then
 * @param classes what differs, by the name of the class
 */
record ProfileRule(
    String name,
    List<WeekSpan> spans,
    boolean paused,
    Optional<Long> down,
    Optional<Long> up,
    Optional<QueueLimits> queue,
    Map<String, ClassRule> classes) {

  /** The profile in {@code line}; {@code known} are the classes that there are. */
  static ProfileRule parse(String line, List<ClassSpec> known) {
    Words words = new Words(line);
    boolean paused = words.take("paused");
    Optional<Long> down = words.take("down", Quantity::rate);
    Optional<Long> up = words.take("up", Quantity::rate);
    Optional<QueueLimits> queue = queue(words);
    Map<String, ClassRule> classes = new LinkedHashMap<>();
    for (ClassSpec each : known) {
      classes.put(each.name(), ClassRule.of(words, each.name() + "."));
    }
    List<WeekSpan> spans = WeekText.spans(words);
    words.left().stream()
        .findFirst()
        .ifPresent(key -> {
          throw words.wrong("'" + key + "=' has no meaning here");
        });
    return new ProfileRule(words.name(), spans, paused, down, up, queue, classes);
  }

  private static Optional<QueueLimits> queue(Words words) {
    Optional<Long> downloads = words.take("downloads", Words::number);
    Optional<Long> seeds = words.take("seeds", Words::number);
    Optional<Long> active = words.take("active", Words::number);
    return downloads.isEmpty() && seeds.isEmpty() && active.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new QueueLimits(most(downloads), most(seeds), most(active), QueueLimits.UNLIMITED));
  }

  private static int most(Optional<Long> said) {
    return said.map(Long::intValue).orElse(QueueLimits.UNLIMITED);
  }

  /** It where usually {@code usual} holds. */
  Profile on(BandwidthPlan usual) {
    List<ClassSpec> all =
        usual.classes().stream()
            .map(c -> classes.containsKey(c.name()) ? classes.get(c.name()).on(c) : c)
            .toList();
    BandwidthPlan plan = new BandwidthPlan(down.orElse(usual.down()), up.orElse(usual.up()), all);
    return new Profile(name, spans, plan, queue, paused);
  }
}
