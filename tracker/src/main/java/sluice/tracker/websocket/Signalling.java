package sluice.tracker.websocket;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import sluice.tracker.http.Talks;
import sluice.tracker.service.Clock;
import sluice.tracker.service.TrackerCore;

/** All torrents that browsers have announced. Any thread. */
public final class Signalling implements Talks {
  private static final int MAX_TORRENTS = 1_000_000;

  private final TrackerCore core;
  private final Clock clock;
  private final SplittableRandom random;
  private final Map<String, Crowd> crowds = new HashMap<>();

  /** Nobody is there yet. */
  public Signalling(TrackerCore core, Clock clock, long random) {
    this.core = core;
    this.clock = clock;
    this.random = new SplittableRandom(random);
  }

  @Override
  public Talk begin(String path, byte[] remote, Consumer<String> say) {
    core.counters().websocket().connects().increment();
    return new Signaller(this, core, clock, path, remote, say);
  }

  /** The counts of a torrent. */
  record Counts(int seeds, int leeches, int downloads) {}

  /** Keeps an announce; gives false if another connection has the peer's id, or nothing fits. */
  synchronized boolean put(
      String hash, String id, Signaller signaller, boolean seed, boolean completed) {
    Crowd crowd = crowds.get(hash);
    if (crowd == null) {
      if (crowds.size() >= MAX_TORRENTS) {
        return false;
      }
      crowd = new Crowd();
      crowds.put(hash, crowd);
    }
    if (completed) {
      crowd.countDownload();
    }
    return crowd.put(id, signaller, seed);
  }

  synchronized void remove(String hash, String id, Signaller signaller) {
    Crowd crowd = crowds.get(hash);
    if (crowd != null) {
      crowd.remove(id, signaller);
      if (crowd.isEmpty()) {
        crowds.remove(hash);
      }
    }
  }

  synchronized Counts counts(String hash) {
    Crowd crowd = crowds.get(hash);
    return crowd == null
        ? new Counts(0, 0, 0)
        : new Counts(crowd.seeds(), crowd.leeches(), crowd.downloads());
  }

  synchronized Optional<Signaller> find(String hash, String id) {
    Crowd crowd = crowds.get(hash);
    return crowd == null ? Optional.empty() : crowd.find(id);
  }

  synchronized List<Signaller> choose(String hash, String id, boolean seed, int want) {
    Crowd crowd = crowds.get(hash);
    return crowd == null ? List.of() : crowd.choose(id, seed, want, random);
  }
}
