package sluice.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import sluice.cli.ExitCode;
import sluice.cli.Problem;
import sluice.cli.wiring.Manner;
import sluice.client.limit.LimitRules;
import sluice.engine.rate.PeerRate;
import sluice.engine.session.Policies;
import sluice.engine.session.Terms;

/**
 * The options of get and seed that limit rates: of everything, of classes, of each torrent and of
 * each peer, always or at some times of the week.
 */
final class BandwidthOptions {
  private final OptionSpec down =
      rate("--down", "Receive at most this many bytes per second, such as 500K or 2M.");
  private final OptionSpec up = rate("--up", "Send at most this many bytes per second.");
  private final OptionSpec torrentDown =
      rate("--torrent-down", "Receive at most this many bytes per second of each torrent.");
  private final OptionSpec torrentUp =
      rate("--torrent-up", "Send at most this many bytes per second of each torrent.");
  private final OptionSpec peerDown =
      rate("--peer-down", "Receive at most this many bytes per second from each peer.");
  private final OptionSpec peerUp =
      rate("--peer-up", "Send at most this many bytes per second to each peer.");

  private final OptionSpec slots =
      Syntax.option(
              Integer.class,
              "--upload-slots",
              "N",
              "Send to at most N peers of each torrent at a time (default: 8).")
          .converters(Converters::peerCount)
          .build();

  private final OptionSpec classes =
      Syntax.list(
              String.class,
              "--class",
              "RULES",
              "A class of bandwidth, such as 'bulk weight=1 up=2M up-min=100K down=5M': its share"
                  + " of what is short, most and guaranteed rates; exempt: outside of --up and"
                  + " --down. May be given several times.")
          .build();

  private final OptionSpec inClass =
      Syntax.option(String.class, "--in-class", "NAME", "Add the torrents to this class.").build();

  private final OptionSpec peerClasses =
      Syntax.list(
              String.class,
              "--peer-class",
              "RULE",
              "Peers of this network belong to a class, whatever that of their torrent, such as"
                  + " '192.168.0.0/16 lan'. May be given several times; the first that fits holds.")
          .build();

  private final OptionSpec profiles =
      Syntax.list(
              String.class,
              "--profile",
              "RULES",
              "What differs at a time of the week, such as 'night mon-fri 22:00-06:00 sat,sun"
                  + " up=5M bulk.weight=9', 'work 09:00-17:00 paused' or 'noon 12:00-13:00"
                  + " downloads=2 seeds=1'. May be given several times; later ones win.")
          .build();

  /** Makes them options of {@code command}. */
  void addTo(CommandSpec command) {
    for (OptionSpec option :
        List.of(
            down,
            up,
            torrentDown,
            torrentUp,
            peerDown,
            peerUp,
            slots,
            classes,
            inClass,
            peerClasses,
            profiles)) {
      command.addOption(option);
    }
  }

  long down() {
    return down.<Long>getValue();
  }

  long up() {
    return up.<Long>getValue();
  }

  /** {@code policies} with classes and profiles. */
  Policies onto(Policies policies) {
    LimitRules rules = rules();
    Policies changed = policies.classes(rules.classes(), rules.peers());
    return rules.schedule(rules.plan(down(), up())).map(changed::schedule).orElse(changed);
  }

  private LimitRules rules() {
    List<String> specs = classes.getValue();
    List<String> peers = peerClasses.getValue();
    List<String> times = profiles.getValue();
    if (specs.isEmpty() && peers.isEmpty() && times.isEmpty()) {
      return LimitRules.NONE;
    }
    try {
      return LimitRules.parse(specs, peers, times);
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** How each torrent is limited. */
  Manner manner(boolean fullAllocation) {
    Optional<String> named = Optional.ofNullable(inClass.getValue());
    if (named.isPresent()
        && rules().classes().stream().noneMatch(c -> c.name().equals(named.get()))) {
      throw new Problem(ExitCode.USAGE, "there is no --class '" + named.get() + "'");
    }
    int most = Optional.ofNullable(slots.<Integer>getValue()).orElse(0);
    Terms terms =
        Terms.DEFAULT
            .in(named.orElse(Terms.DEFAULT.bandwidthClass()))
            .peerRate(new PeerRate(peerDown.<Long>getValue(), peerUp.<Long>getValue()))
            .uploadSlots(most);
    return new Manner(
        fullAllocation, torrentDown.<Long>getValue(), torrentUp.<Long>getValue(), terms);
  }

  private static OptionSpec rate(String name, String description) {
    return Syntax.option(Long.class, name, "RATE", description)
        .converters(Converters::rate)
        .initialValue(0L)
        .build();
  }
}
