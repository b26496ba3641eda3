package sluice.engine.announce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Entropy;

/**
 * The trackers of a torrent in the order of trying (BEP 12): each tier is shuffled once, and a
 * tracker that works moves to the front of its tier.
 */
final class Tiers {
  /** Most trackers of a torrent. */
  static final int MAX_TRACKERS = 100;

  private final List<List<Tracker>> tiers = new ArrayList<>();
  private final List<TrackerUrl> forbidden = new ArrayList<>();

  private Tiers() {}

  /** The usable ones of {@code urls}, each once, shuffled inside their tiers. */
  static Tiers of(List<List<String>> urls, UrlGuard guard, Entropy entropy) {
    Tiers result = new Tiers();
    Set<String> seen = new LinkedHashSet<>();
    for (List<String> tier : urls) {
      List<Tracker> trackers = new ArrayList<>();
      for (String text : tier) {
        if (seen.size() < MAX_TRACKERS) {
          TrackerUrl.parse(text.strip())
              .filter(url -> seen.add(url.text()) && result.check(url, guard))
              .ifPresent(url -> trackers.add(new Tracker(url)));
        }
      }
      for (int i = trackers.size() - 1; i > 0; i--) {
        Collections.swap(trackers, i, entropy.nextInt(i + 1));
      }
      if (!trackers.isEmpty()) {
        result.tiers.add(trackers);
      }
    }
    return result;
  }

  /** No trackers. */
  static Tiers none() {
    return new Tiers();
  }

  /** The same order with fresh trackers, for another info-hash. */
  Tiers copy() {
    Tiers result = new Tiers();
    for (List<Tracker> tier : tiers) {
      result.tiers.add(new ArrayList<>(tier.stream().map(t -> new Tracker(t.url)).toList()));
    }
    return result;
  }

  /** One for each tracker, with fresh ones. */
  List<Tiers> apart() {
    List<Tiers> all = new ArrayList<>();
    for (Tracker tracker : inOrder()) {
      Tiers single = new Tiers();
      single.tiers.add(new ArrayList<>(List.of(new Tracker(tracker.url))));
      all.add(single);
    }
    return all;
  }

  /** Whether any tracker is one of {@code other}, too. */
  boolean meets(Tiers other) {
    return inOrder().stream()
        .anyMatch(
            ours -> other.inOrder().stream().anyMatch(o -> o.url.text().equals(ours.url.text())));
  }

  /** The same, with what {@code before} knows of those that it has, too. */
  Tiers after(Tiers before) {
    Tiers result = new Tiers();
    for (List<Tracker> tier : tiers) {
      result.tiers.add(new ArrayList<>(tier.stream().map(before::known).toList()));
    }
    return result;
  }

  private Tracker known(Tracker other) {
    return inOrder().stream()
        .filter(tracker -> tracker.url.text().equals(other.url.text()))
        .findFirst()
        .orElseGet(() -> new Tracker(other.url));
  }

  /** Addresses that a torrent may not make us ask. */
  List<TrackerUrl> forbidden() {
    return forbidden;
  }

  private boolean check(TrackerUrl url, UrlGuard guard) {
    boolean allowed = url.isAllowed(guard);
    if (!allowed) {
      forbidden.add(url);
    }
    return allowed;
  }

  /** All trackers, those to be tried first in front. */
  List<Tracker> inOrder() {
    return tiers.stream().flatMap(List::stream).toList();
  }

  /** Moves a tracker that works to the front of its tier. */
  void promote(Tracker tracker) {
    for (List<Tracker> tier : tiers) {
      if (tier.remove(tracker)) {
        tier.addFirst(tracker);
        return;
      }
    }
  }
}
