package sluice.engine.rate;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bandwidth of a session: session ▸ class ▸ torrent ▸ peer. This is the upper half; {@link
 * TorrentBandwidth} is the lower one. Thread: the loop of the session.
 */
public final class Bandwidth {
  private final SharedLimit down;
  private final SharedLimit up;
  private final Map<String, Entry> classes = new LinkedHashMap<>();
  private List<PeerClass> rules = List.of();
  private @Nullable Entry sold;
  private int version;

  /** A class and its shares both ways. */
  private record Entry(ClassSpec spec, ClassShare down, ClassShare up) {
    ClassShare share(Direction direction) {
      return direction == Direction.DOWN ? down : up;
    }
  }

  /** Bandwidth according to {@code plan}. */
  public Bandwidth(BandwidthPlan plan, long now) {
    down = new SharedLimit(plan.down(), now);
    up = new SharedLimit(plan.up(), now);
    apply(plan, now);
  }

  /** Changes all limits and classes; torrents keep the names of their classes. */
  public void apply(BandwidthPlan plan, long now) {
    down.limit(plan.down(), now);
    up.limit(plan.up(), now);
    Map<String, ClassSpec> wanted = new LinkedHashMap<>();
    wanted.put(BandwidthPlan.ORDINARY, ClassSpec.of(BandwidthPlan.ORDINARY, ClassLimits.PLAIN));
    plan.classes().forEach(spec -> wanted.put(spec.name(), spec));
    for (Entry entry : new ArrayList<>(classes.values())) {
      ClassSpec next = wanted.get(entry.spec().name());
      if (next == null || next.exempt() != entry.spec().exempt()) {
        classes.remove(entry.spec().name());
        down.remove(entry.down());
        up.remove(entry.up());
      }
    }
    wanted.values().forEach(spec -> define(spec, now));
    version++;
  }

  private void define(ClassSpec spec, long now) {
    Entry entry = classes.get(spec.name());
    if (entry == null) {
      ClassShare downShare = down.add(spec.down(), spec.exempt(), now);
      ClassShare upShare = up.add(spec.up(), spec.exempt(), now);
      classes.put(spec.name(), new Entry(spec, downShare, upShare));
    } else {
      entry.down().limits(spec.down(), now);
      entry.up().limits(spec.up(), now);
      classes.put(spec.name(), new Entry(spec, entry.down(), entry.up()));
    }
  }

  /**
   * Puts peers into classes by their address; the first rule that fits holds.
   *
   * @throws IllegalArgumentException when they are more than {@link PeerClass#MAX_RULES}
   */
  public void rules(List<PeerClass> byAddress) {
    if (byAddress.size() > PeerClass.MAX_RULES) {
      throw new IllegalArgumentException("more than " + PeerClass.MAX_RULES + " rules");
    }
    rules = List.copyOf(byAddress);
    version++;
  }

  /** The limits that hold. */
  public BandwidthPlan plan() {
    return new BandwidthPlan(
        down.limit(), up.limit(), classes.values().stream().map(Entry::spec).toList());
  }

  /** A tenth of a second has passed. */
  public void tick(long now) {
    down.tick(now);
    up.tick(now);
  }

  /** Grows with every change of classes and rules. */
  int version() {
    return version;
  }

  /** The share of those who belong to no class. */
  ClassShare ordinary(Direction direction) {
    return java.util.Objects.requireNonNull(classes.get(BandwidthPlan.ORDINARY)).share(direction);
  }

  /** The share of those who pay, beside the ordinary one of which {@code freePermille} is kept. */
  ClassShare sold(Direction direction, int freePermille, long now) {
    Entry paid = sold;
    if (paid == null) {
      ClassSpec spec = ClassSpec.of("sold", ClassLimits.PLAIN);
      paid = new Entry(spec, down.add(spec.down(), false, now), up.add(spec.up(), false, now));
      sold = paid;
    }
    double factor = (Quota.NOT_SOLD - freePermille) / (double) freePermille;
    paid.share(direction).weight(ordinary(direction).limits().weight() * factor);
    return paid.share(direction);
  }

  ClassShare share(String name, InetAddress peer, Direction direction) {
    Optional<String> byAddress =
        rules.stream()
            .filter(rule -> rule.network().contains(peer))
            .map(PeerClass::bandwidthClass)
            .findFirst();
    Entry entry = classes.get(byAddress.orElse(name));
    if (entry == null) {
      entry = classes.get(BandwidthPlan.ORDINARY);
    }
    return java.util.Objects.requireNonNull(entry).share(direction);
  }
}
