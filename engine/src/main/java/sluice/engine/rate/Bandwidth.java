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
  private @Nullable Sold sold;
  private int version;
  private int ticks;

  /** A class and its shares both ways. */
  private record Entry(ClassSpec spec, RankedShares down, RankedShares up) {
    RankedShares shares(Direction direction) {
      return direction == Direction.DOWN ? down : up;
    }
  }

  /** Those who pay. */
  private record Sold(ClassShare down, ClassShare up) {
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
        entry.down().remove();
        entry.up().remove();
      }
    }
    wanted.values().forEach(spec -> define(spec, now));
    version++;
  }

  private void define(ClassSpec spec, long now) {
    Entry entry = classes.get(spec.name());
    if (entry == null) {
      RankedShares downShares = new RankedShares(down, spec.down(), spec.exempt(), now);
      RankedShares upShares = new RankedShares(up, spec.up(), spec.exempt(), now);
      classes.put(spec.name(), new Entry(spec, downShares, upShares));
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
    ticks++;
    for (Entry entry : classes.values()) {
      entry.down().tick();
      entry.up().tick();
    }
    down.tick(now);
    up.tick(now);
  }

  /** How many tenths of a second have passed. */
  int ticks() {
    return ticks;
  }

  /** Grows with every change of classes and rules. */
  int version() {
    return version;
  }

  private Entry ordinary() {
    return java.util.Objects.requireNonNull(classes.get(BandwidthPlan.ORDINARY));
  }

  /** Whether {@code peer} of a torrent in the class {@code name} belongs to no class. */
  boolean isOrdinary(String name, InetAddress peer) {
    return entry(name, peer).equals(ordinary());
  }

  /** The share of those who pay, beside the ordinary one of which {@code freePermille} is kept. */
  ClassShare sold(Direction direction, int freePermille, long now) {
    Sold paid = sold;
    if (paid == null) {
      paid =
          new Sold(down.add(ClassLimits.PLAIN, false, now), up.add(ClassLimits.PLAIN, false, now));
      sold = paid;
    }
    double factor = (Quota.NOT_SOLD - freePermille) / (double) freePermille;
    ClassLimits ordinary = ordinary().shares(direction).normal().limits();
    paid.share(direction).weight(ordinary.weight() * factor);
    return paid.share(direction);
  }

  /** What limits {@code peer} of a torrent of {@code rank} in the class {@code name}. */
  ClassShare share(String name, Rank rank, InetAddress peer, Direction direction) {
    return entry(name, peer).shares(direction).of(rank);
  }

  private Entry entry(String name, InetAddress peer) {
    Optional<String> byAddress =
        rules.stream()
            .filter(rule -> rule.network().contains(peer))
            .map(PeerClass::bandwidthClass)
            .findFirst();
    Entry entry = classes.get(byAddress.orElse(name));
    return entry == null ? ordinary() : entry;
  }
}
