package sluice.cli.transfer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.cli.ExitCode;
import sluice.cli.progress.Progress;
import sluice.cli.progress.Stage;
import sluice.engine.session.TorrentSnapshot;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;

/** What is known about one torrent of a transfer. Confined to the transfer's lock. */
final class Task {
  /**
   * The session stops what has been shared enough, and tells. What does not come to an end by that,
   * because it stands closed or has another rule, ends by the goal after this time.
   */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  /** Trackers that are remembered; a torrent with more is not warned about the rest. */
  private static final int MAX_TRACKERS = 200;

  enum State {
    METADATA,
    CHECKING,
    DOWNLOADING,
    SEEDING,
    DONE,
    FAILED
  }

  final Item item;

  /** What its user calls it by, whatever its metadata turn out to be. */
  final String hash;

  /** For people. */
  String name;

  State state;
  Optional<ExitCode> failure = Optional.empty();
  long activeSinceNanos;
  boolean isComplete;

  /** Pieces that were there when the data had been checked; -1 before. */
  int haveAtCheck = -1;

  /** Whether it is kept and was named once more. */
  boolean isNamed;

  /** What was sent when it was looked at last while it was seeded, and since when it is that. */
  private long sentBytes = -1;

  private long sentAtNanos;

  /** When it had been seeded enough as far as the goal says; -1 before. */
  private long enoughAtNanos = -1;

  /** Whether any peer was connected. */
  boolean hasMet;

  /** Trackers that answered or failed, and whether the last try failed. */
  private final Map<String, Boolean> trackerFails = new HashMap<>();

  Task(Item item) {
    this.item = item;
    hash = item.hash();
    name = item.name();
    state = item.lacksMetadata() ? State.METADATA : State.CHECKING;
  }

  /** Another torrent takes the place of the one {@code before} it. */
  static void lead(Map<InfoHashes, Task> tasks, Optional<Hash> before, Hash torrent) {
    for (Task old : List.copyOf(tasks.values())) {
      if (before.filter(old.item.id().wire()::contains).isPresent()) {
        tasks.values().remove(old);
        Task next = new Task(old.item.ledTo(torrent));
        next.activeSinceNanos = System.nanoTime();
        tasks.put(next.item.id(), next);
      }
    }
  }

  Stage stage() {
    return switch (state) {
      case METADATA -> Stage.METADATA;
      case CHECKING, DOWNLOADING, DONE, FAILED -> Stage.DOWNLOADING;
      case SEEDING -> Stage.SEEDING;
    };
  }

  boolean isEnded() {
    return state == State.DONE || state == State.FAILED;
  }

  /** Whether data are looked at or fetched. */
  boolean awaitsCompletion() {
    return state == State.CHECKING || state == State.DOWNLOADING;
  }

  /** Whether it has been seeded enough; asked while it is seeded, {@code seedingNanos} so far. */
  boolean isSeeded(Goal goal, TorrentSnapshot snapshot, long seedingNanos) {
    if (snapshot.uploaded() != sentBytes) {
      sentBytes = snapshot.uploaded();
      sentAtNanos = seedingNanos;
    }
    if (!goal.isSeeded(snapshot, seedingNanos, seedingNanos - sentAtNanos)) {
      enoughAtNanos = -1;
      return false;
    }
    enoughAtNanos = enoughAtNanos < 0 ? seedingNanos : enoughAtNanos;
    return seedingNanos - enoughAtNanos >= PATIENCE_NANOS;
  }

  /** How far it is. */
  Progress progress(TorrentSnapshot s) {
    return new Progress(
        hash,
        name,
        stage(),
        isComplete ? s.wantedBytes() : s.haveBytes(),
        s.wantedBytes(),
        s.downloaded(),
        s.uploaded(),
        s.downRate(),
        s.upRate(),
        s.peers());
  }

  void trackerAnswered(String url) {
    if (trackerFails.size() < MAX_TRACKERS) {
      trackerFails.put(url, false);
    }
  }

  /** Notes a failure; whether it is worth a word, being the first in a row. */
  boolean trackerFailed(String url) {
    if (trackerFails.size() >= MAX_TRACKERS) {
      return false;
    }
    Boolean before = trackerFails.put(url, true);
    return before == null || !before;
  }

  /**
   * Whether there is nothing to hope for: each tracker that was asked failed, or there is none and
   * the peers that were named are not there. Without either, others are expected to come.
   */
  boolean isHopeless() {
    if (item.usesWebSeeds()) {
      return false;
    }
    if (item.usesTrackers()) {
      return !trackerFails.isEmpty() && !trackerFails.containsValue(false);
    }
    return item.hasSources();
  }
}
