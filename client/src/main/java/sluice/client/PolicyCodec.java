package sluice.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import sluice.engine.policy.Bound;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.WeekSpan;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.ClassLimits;
import sluice.engine.rate.ClassSpec;
import sluice.engine.rate.PeerClass;
import sluice.protocol.address.IpNetwork;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;

/** Policies of a session as text for the store, in bencoding, and back. */
final class PolicyCodec {
  private static final BencodeLimits LIMITS = new BencodeLimits(4 << 20, 10, 2_000_000);
  private static final String NEVER = "never";

  private PolicyCodec() {}

  static String text(BValue value) {
    return new String(Bencode.write(value), UTF_8);
  }

  /**
   * What {@code text} says.
   *
   * @throws IllegalArgumentException when {@code read} cannot be what was written
   */
  static <T> T read(String text, Function<BDictionary, T> read) {
    try {
      if (Bencode.parse(text.getBytes(UTF_8), LIMITS) instanceof BDictionary dictionary) {
        return read.apply(dictionary);
      }
    } catch (BencodeException e) {
      throw new IllegalArgumentException(e);
    }
    throw new IllegalArgumentException("no dictionary");
  }

  static BDictionary write(QueueLimits limits) {
    return BDictionary.builder()
        .put("active", limits.active())
        .put("checks", limits.checks())
        .put("downloads", limits.downloads())
        .put("seeds", limits.seeds())
        .put("slow down", limits.slowDownBytesPerSecond())
        .put("slow up", limits.slowUpBytesPerSecond())
        .build();
  }

  static QueueLimits queue(BDictionary from) {
    return new QueueLimits(
        whole(from, "downloads"),
        whole(from, "seeds"),
        whole(from, "active"),
        whole(from, "checks"),
        number(from, "slow down"),
        number(from, "slow up"));
  }

  static BDictionary write(PeerLimits limits) {
    return BDictionary.builder()
        .put("half open", limits.halfOpen())
        .put("per address", limits.perAddress())
        .put("per torrent", limits.perTorrent())
        .put("session", limits.session())
        .build();
  }

  static PeerLimits peers(BDictionary from) {
    return new PeerLimits(
        whole(from, "session"),
        whole(from, "half open"),
        whole(from, "per torrent"),
        whole(from, "per address"));
  }

  static BDictionary write(ShareRule rule) {
    BDictionary.Builder to = BDictionary.builder();
    rule.action().ifPresent(a -> to.put("action", a.name().toLowerCase(Locale.ROOT)));
    write(to, "idle", rule.idleNanos());
    write(to, "ratio", rule.ratioPermille());
    write(to, "seeding", rule.seedingNanos());
    return to.build();
  }

  static ShareRule share(BDictionary from) {
    return new ShareRule(
        bound(from, "ratio"),
        bound(from, "seeding"),
        bound(from, "idle"),
        from.string("action").map(a -> ShareAction.valueOf(a.utf8().toUpperCase(Locale.ROOT))));
  }

  static BDictionary write(Map<String, ShareRule> byClass) {
    List<BValue> rules = new ArrayList<>();
    byClass.forEach((name, rule) ->
        rules.add(BDictionary.builder().put("class", name).put("rule", write(rule)).build()));
    return BDictionary.builder().put("rules", new BList(rules)).build();
  }

  static Map<String, ShareRule> classShares(BDictionary from) {
    Map<String, ShareRule> byClass = new HashMap<>();
    each(from, "rules", r -> byClass.put(text(r, "class"), share(dictionary(r, "rule"))));
    return byClass;
  }

  private static void write(BDictionary.Builder to, String key, Bound bound) {
    switch (bound) {
      case Bound.Inherit i -> {}
      case Bound.Never n -> to.put(key, NEVER);
      case Bound.At(long value) -> to.put(key, value);
    }
  }

  private static Bound bound(BDictionary from, String key) {
    Optional<BValue> value = from.get(key);
    if (value.isEmpty()) {
      return Bound.inherit();
    }
    return switch (value.get()) {
      case BInteger(long at) -> Bound.at(at);
      case BString text when text.is(NEVER) -> Bound.never();
      case BString s -> throw new IllegalArgumentException(key);
      case BList l -> throw new IllegalArgumentException(key);
      case BDictionary d -> throw new IllegalArgumentException(key);
    };
  }

  static BDictionary write(BandwidthPlan plan) {
    List<BValue> classes = new ArrayList<>();
    plan.classes().forEach(spec -> classes.add(write(spec)));
    return BDictionary.builder()
        .put("classes", new BList(classes))
        .put("down", plan.down())
        .put("up", plan.up())
        .build();
  }

  static BandwidthPlan bandwidth(BDictionary from) {
    return new BandwidthPlan(
        number(from, "down"), number(from, "up"), each(from, "classes", PolicyCodec::spec));
  }

  private static BDictionary write(ClassSpec spec) {
    return BDictionary.builder()
        .put("down", write(spec.down()))
        .put("exempt", spec.exempt() ? 1 : 0)
        .put("name", spec.name())
        .put("up", write(spec.up()))
        .build();
  }

  private static ClassSpec spec(BDictionary from) {
    return new ClassSpec(
        text(from, "name"), number(from, "exempt") != 0, limits(from, "down"), limits(from, "up"));
  }

  private static BDictionary write(ClassLimits limits) {
    return BDictionary.builder()
        .put("ceiling", limits.ceiling())
        .put("minimum", limits.minimum())
        .put("weight", limits.weight())
        .build();
  }

  private static ClassLimits limits(BDictionary from, String key) {
    BDictionary limits = dictionary(from, key);
    return new ClassLimits(
        whole(limits, "weight"), number(limits, "ceiling"), number(limits, "minimum"));
  }

  static BDictionary writePeers(List<PeerClass> rules) {
    List<BValue> all = new ArrayList<>();
    rules.forEach(rule ->
        all.add(
            BDictionary.builder()
                .put("class", rule.bandwidthClass())
                .put("network", rule.network().toString())
                .build()));
    return BDictionary.builder().put("rules", new BList(all)).build();
  }

  static List<PeerClass> peerClasses(BDictionary from) {
    return each(
        from,
        "rules",
        rule ->
            new PeerClass(
                IpNetwork.parse(text(rule, "network")).orElseThrow(() -> lacks("network")),
                text(rule, "class")));
  }

  static BDictionary write(Profile profile) {
    List<BValue> spans = new ArrayList<>();
    for (WeekSpan span : profile.spans()) {
      spans.add(
          BDictionary.builder().put("from", span.fromMinute()).put("for", span.minutes()).build());
    }
    BDictionary.Builder to =
        BDictionary.builder()
            .put("bandwidth", write(profile.bandwidth()))
            .put("name", profile.name())
            .put("paused", profile.paused() ? 1 : 0);
    profile.queue().ifPresent(limits -> to.put("queue", write(limits)));
    return to.put("spans", new BList(spans)).build();
  }

  static Profile profile(BDictionary from) {
    return new Profile(
        text(from, "name"),
        each(from, "spans", span -> new WeekSpan(whole(span, "from"), whole(span, "for"))),
        bandwidth(dictionary(from, "bandwidth")),
        from.dictionary("queue").map(PolicyCodec::queue),
        number(from, "paused") != 0);
  }

  static BDictionary write(Schedule schedule) {
    List<BValue> profiles = new ArrayList<>();
    schedule.profiles().forEach(profile -> profiles.add(write(profile)));
    return BDictionary.builder()
        .put("profiles", new BList(profiles))
        .put("usual", write(schedule.usual()))
        .build();
  }

  static Schedule schedule(BDictionary from) {
    return new Schedule(
        profile(dictionary(from, "usual")), each(from, "profiles", PolicyCodec::profile));
  }

  private static <T> List<T> each(BDictionary from, String key, Function<BDictionary, T> read) {
    List<T> all = new ArrayList<>();
    for (BValue value : from.list(key).orElseThrow(() -> lacks(key)).items()) {
      if (!(value instanceof BDictionary dictionary)) {
        throw lacks(key);
      }
      all.add(read.apply(dictionary));
    }
    return all;
  }

  private static BDictionary dictionary(BDictionary from, String key) {
    return from.dictionary(key).orElseThrow(() -> lacks(key));
  }

  private static String text(BDictionary from, String key) {
    return from.string(key).orElseThrow(() -> lacks(key)).utf8();
  }

  private static long number(BDictionary from, String key) {
    return from.integer(key).orElseThrow(() -> lacks(key));
  }

  private static int whole(BDictionary from, String key) {
    long number = number(from, key);
    if (number != (int) number) {
      throw lacks(key);
    }
    return (int) number;
  }

  private static IllegalArgumentException lacks(String key) {
    return new IllegalArgumentException("there is no such " + key);
  }
}
