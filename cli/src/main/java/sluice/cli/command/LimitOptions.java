package sluice.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.transfer.Goal;
import sluice.engine.policy.QueueLimits;
import sluice.engine.session.Policies;

/**
 * The options of get and seed that say how long is seeded, and how many torrents run at a time.
 * Some have a second name, by which other programs call them.
 */
final class LimitOptions {
  private final OptionSpec ratio =
      OptionSpec.builder("--seed-ratio", "--ratio")
          .type(Double.class)
          .paramLabel("R")
          .description("Seed until R times the size has been sent.")
          .converters(Converters::ratio)
          .build();

  private final OptionSpec time =
      time("--seed-time", "Seed for this time, such as 90s, 10m or 2h.");

  private final OptionSpec idle =
      time("--idle-time", "Seed until nobody has taken anything for this time.");

  private final OptionSpec downloads =
      count(
          "Download at most N torrents at a time; the others wait for their turn.",
          "--active-downloads",
          "--max-concurrent-downloads");

  private final OptionSpec seeds =
      count("Seed at most N torrents at a time; slow ones do not count.", "--active-seeds");

  private final OptionSpec torrents =
      count("Have at most N torrents active at a time, slow ones too.", "--active-torrents");

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    for (OptionSpec option : List.of(ratio, time, idle, downloads, seeds, torrents)) {
      command.addOption(option);
    }
  }

  /** What is to be reached. A limit of seeding implies it. */
  Goal goal(boolean download, boolean seed) {
    Optional<Double> times = Optional.ofNullable(ratio.getValue());
    Optional<Duration> forTime = Optional.ofNullable(time.getValue());
    Optional<Duration> forIdle = Optional.ofNullable(idle.getValue());
    boolean goesOn = seed || times.isPresent() || forTime.isPresent() || forIdle.isPresent();
    return new Goal(download, goesOn, times, forTime, forIdle);
  }

  /** How many torrents run at a time, and when they have shared enough. */
  Policies policies() {
    QueueLimits queue =
        new QueueLimits(number(downloads), number(seeds), number(torrents), QueueLimits.UNLIMITED);
    return Policies.NONE.queue(queue).share(goal(false, true).rule());
  }

  private static int number(OptionSpec option) {
    return Optional.ofNullable(option.<Integer>getValue()).orElse(QueueLimits.UNLIMITED);
  }

  private static OptionSpec time(String name, String description) {
    return Syntax.option(Duration.class, name, "T", description)
        .converters(Converters::time)
        .build();
  }

  private static OptionSpec count(String description, String... names) {
    return OptionSpec.builder(names)
        .type(Integer.class)
        .paramLabel("N")
        .description(description)
        .converters(Converters::torrentCount)
        .build();
  }
}
