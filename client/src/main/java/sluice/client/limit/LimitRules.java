package sluice.client.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.engine.policy.Profile;
import sluice.engine.policy.Schedule;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;
import sluice.protocol.address.IpNetwork;

/**
 * Classes of bandwidth, the peers that belong to them, and profiles of a schedule, as they are
 * written in options and configuration files.
 *
 * <ul>
 *   <li>A class: {@code bulk weight=1 up=2M up-min=100K}, and {@code exempt} for one that the
 *       limits of session and torrent do not hold for. Rates are ceilings, {@code -min} guaranteed.
 *   <li>Peers: {@code 192.168.0.0/16 lan}.
 *   <li>A profile: {@code night mon-fri 22:00-06:00 sat,sun up=5M bulk.weight=9}, and {@code
 *       paused}, {@code downloads=2}, {@code seeds=5}, {@code active=7}. Later ones win.
 * </ul>
 */
public final class LimitRules {
  /** Nothing is said. */
  public static final LimitRules NONE = new LimitRules(List.of(), List.of(), List.of());

  private final List<ClassSpec> classes;
  private final List<PeerClass> peers;
  private final List<ProfileRule> profiles;

  private LimitRules(List<ClassSpec> classes, List<PeerClass> peers, List<ProfileRule> profiles) {
    this.classes = List.copyOf(classes);
    this.peers = List.copyOf(peers);
    this.profiles = List.copyOf(profiles);
  }

  /**
   * What these lines say together.
   *
   * @throws IllegalArgumentException with a message for users when one of them cannot be meant
   */
  public static LimitRules parse(List<String> classes, List<String> peers, List<String> profiles) {
    List<ClassSpec> specs = new ArrayList<>();
    for (String line : classes) {
      specs.add(spec(line));
    }
    new BandwidthPlan(0, 0, specs);
    List<PeerClass> rules = new ArrayList<>();
    for (String line : peers) {
      rules.add(peer(line, specs));
    }
    List<ProfileRule> parsed = new ArrayList<>();
    for (String line : profiles) {
      ProfileRule rule = ProfileRule.parse(line, specs);
      // What contradicts itself, such as a minimum above the ceiling, is told here.
      rule.on(new BandwidthPlan(0, 0, specs));
      parsed.add(rule);
    }
    if (rules.size() > PeerClass.MAX_RULES || parsed.size() > Schedule.MAX_PROFILES) {
      throw new IllegalArgumentException("too many rules or profiles");
    }
    return new LimitRules(specs, rules, parsed);
  }

  private static ClassSpec spec(String line) {
    Words words = new Words(line);
    boolean exempt = words.take("exempt");
    ClassRule rule = ClassRule.of(words, "");
    words.requireEnd();
    return rule.on(new ClassSpec(words.name(), exempt, ClassLimits.PLAIN, ClassLimits.PLAIN));
  }

  private static PeerClass peer(String line, List<ClassSpec> known) {
    Words words = new Words(line);
    List<String> named = words.plain();
    if (named.size() != 1 || known.stream().noneMatch(c -> c.name().equals(named.getFirst()))) {
      throw words.wrong("a network and one of the classes, such as 192.168.0.0/16 lan");
    }
    IpNetwork network =
        IpNetwork.parse(words.name())
            .orElseThrow(() -> words.wrong(words.name() + " is no network"));
    return new PeerClass(network, named.getFirst());
  }

  /** The classes. */
  public List<ClassSpec> classes() {
    return classes;
  }

  /** Which peers belong to which of them; the first that fits holds. */
  public List<PeerClass> peers() {
    return peers;
  }

  /** The limits of a session with these of its rate, in bytes per second; 0 for none. */
  public BandwidthPlan plan(long down, long up) {
    return new BandwidthPlan(down, up, classes);
  }

  /** What holds when, where usually {@code usual} does; empty without profiles. */
  public Optional<Schedule> schedule(BandwidthPlan usual) {
    return profiles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Schedule(
                Profile.always("usual", usual), profiles.stream().map(p -> p.on(usual)).toList()));
  }
}
