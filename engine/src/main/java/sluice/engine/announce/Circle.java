package sluice.engine.announce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All that announces one info-hash: one announcer, which goes on with the first tracker that
 * answers (BEP 12), or one for each tracker, if all are to be told. Loop only.
 */
final class Circle {
  private final boolean toAll;
  private final Function<Tiers, HashAnnouncer> maker;
  private final List<HashAnnouncer> announcers = new ArrayList<>();
  private boolean started;

  Circle(boolean toAll, Tiers tiers, Function<Tiers, HashAnnouncer> maker) {
    this.toAll = toAll;
    this.maker = maker;
    List<Tiers> parts = toAll ? tiers.apart() : List.of(tiers);
    parts.forEach(part -> announcers.add(maker.apply(part)));
  }

  void start() {
    started = true;
    announcers.forEach(HashAnnouncer::start);
  }

  void each(Consumer<HashAnnouncer> task) {
    announcers.forEach(task);
  }

  /** Goes on with {@code next}; those that are not among them are told goodbye. */
  void trackers(Tiers next) {
    if (!toAll) {
      announcers.forEach(announcer -> announcer.trackers(next.copy()));
      return;
    }
    List<Tiers> parts = new ArrayList<>(next.apart());
    for (HashAnnouncer announcer : List.copyOf(announcers)) {
      if (!parts.removeIf(announcer.tiers()::meets)) {
        announcer.trackers(Tiers.none());
        announcers.remove(announcer);
      }
    }
    for (Tiers part : parts) {
      HashAnnouncer made = maker.apply(part);
      announcers.add(made);
      if (started) {
        made.start();
      }
    }
  }
}
