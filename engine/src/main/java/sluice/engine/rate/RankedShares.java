package sluice.engine.rate;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one class has of a limit, in a share for each rank of its torrents. Weight and minimum of
 * the class are divided between them by how many torrents of each rank want some, so that two
 * torrents of different ranks get what their ranks say however many others there are; the ceiling
 * is common. A class of which all torrents are ordinary has one share. Thread: its owner's loop.
 */
final class RankedShares {
  private final SharedLimit limit;
  private final boolean exempt;
  private final Map<Rank, ClassShare> shares = new EnumMap<>(Rank.class);

  RankedShares(SharedLimit limit, ClassLimits limits, boolean exempt, long now) {
    this.limit = limit;
    this.exempt = exempt;
    shares.put(Rank.NORMAL, limit.add(limits, exempt, now));
  }

  /** The share of ordinary torrents. */
  ClassShare normal() {
    return Objects.requireNonNull(shares.get(Rank.NORMAL));
  }

  /** The share of torrents of {@code rank}; who is exempt needs none of their own. */
  ClassShare of(Rank rank) {
    return exempt ? normal() : shares.computeIfAbsent(rank, each -> limit.beside(normal()));
  }

  void limits(ClassLimits changed, long now) {
    shares.values().forEach(share -> share.limits(changed, now));
  }

  void remove() {
    shares.values().forEach(limit::remove);
  }

  /** A tick begins: divides by who has wanted some in the last one. */
  void tick() {
    if (shares.size() == 1) {
      normal().part(1);
      return;
    }
    double all = 0;
    for (Map.Entry<Rank, ClassShare> each : shares.entrySet()) {
      all += (double) each.getKey().weight() * each.getValue().wanting();
    }
    for (Map.Entry<Rank, ClassShare> each : shares.entrySet()) {
      double own = (double) each.getKey().weight() * each.getValue().wanting();
      each.getValue().part(all > 0 ? own / all : 1);
    }
  }
}
