package sluice.engine.announce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.engine.policy.UrlGuard;
import sluice.engine.port.Loop;
import sluice.engine.port.Resolver;
import sluice.protocol.announce.TrackerPreferences;

/**
 * What owners of hosts say about trackers on them (BEP 34), asked for once an hour: at which ports
 * there are any, or that nobody shall ask. Loop only.
 */
final class Preferences {
  private static final long KEPT_NANOS = 3_600_000_000_000L;

  /** Most hosts of which an answer is kept. */
  static final int MAX_KEPT = 1_000;

  /** Most hosts that are asked about at a time; of others nothing is known. */
  static final int MAX_ASKED = 64;

  private final Loop loop;
  private final Resolver resolver;
  private final UrlGuard guard;
  private final Map<String, Kept> kept = new LinkedHashMap<>();
  private final Map<String, List<Consumer<Optional<TrackerPreferences>>>> asked =
      new LinkedHashMap<>();

  private record Kept(Optional<TrackerPreferences> preferences, long untilNanos) {}

  Preferences(Loop loop, Resolver resolver, UrlGuard guard) {
    this.loop = loop;
    this.resolver = resolver;
    this.guard = guard;
  }

  /** Tells, once, in which order what is to be tried for {@code url}; nothing if it must not be. */
  void of(TrackerUrl url, Consumer<List<TrackerUrl>> told) {
    String host = url.host();
    Kept known = kept.get(host);
    if (url.literal().isPresent() || url.isLoopback() || host.indexOf('.') < 0) {
      told.accept(List.of(url));
    } else if (known != null && loop.now() - known.untilNanos < 0) {
      told.accept(apply(known.preferences, url));
    } else if (asked.containsKey(host)) {
      asked.get(host).add(found -> told.accept(apply(found, url)));
    } else if (asked.size() >= MAX_ASKED) {
      told.accept(List.of(url));
    } else {
      List<Consumer<Optional<TrackerPreferences>>> waiting = new ArrayList<>();
      waiting.add(found -> told.accept(apply(found, url)));
      asked.put(host, waiting);
      resolver.texts(host, texts -> heard(host, texts));
    }
  }

  private void heard(String host, List<String> texts) {
    List<Consumer<Optional<TrackerPreferences>>> waiting = asked.remove(host);
    if (waiting == null) {
      return;
    }
    Optional<TrackerPreferences> found = TrackerPreferences.of(texts);
    kept.remove(host);
    if (kept.size() >= MAX_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    kept.put(host, new Kept(found, loop.now() + KEPT_NANOS));
    waiting.forEach(told -> told.accept(found));
  }

  private List<TrackerUrl> apply(Optional<TrackerPreferences> said, TrackerUrl url) {
    if (said.isEmpty()) {
      return List.of(url);
    }
    return said.get().ways().stream()
        .flatMap(way -> url.at(way.udp(), way.port()).stream())
        .filter(other -> other.isAllowed(guard))
        .toList();
  }
}
