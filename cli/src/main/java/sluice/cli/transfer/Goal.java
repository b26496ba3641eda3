package sluice.cli.transfer;

import java.time.Duration;
import java.util.Optional;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareRule;
import sluice.engine.session.TorrentSnapshot;

/**
 * What a transfer is to reach before it ends.
 *
 * @param download get what is missing; if not, only the data that are there are given to others
 * @param seed go on when everything is there
 * @param ratio end seeding when the bytes sent are this many times the size
 * @param time end seeding after this time
 * @param idle end seeding when nothing was sent for this time
 */
public record Goal(
    boolean download,
    boolean seed,
    Optional<Double> ratio,
    Optional<Duration> time,
    Optional<Duration> idle) {
  private static final double PERMILLE = 1_000;
  private static final double MAX_PERMILLE = 1e15;

  /** What seeding torrents are stopped by; it says nothing where the goal does not. */
  public ShareRule rule() {
    return new ShareRule(
        ratio
            .map(r -> Bound.at((long) Math.min(MAX_PERMILLE, Math.ceil(r * PERMILLE))))
            .orElse(Bound.inherit()),
        bound(time),
        bound(idle),
        Optional.empty());
  }

  private static Bound bound(Optional<Duration> limit) {
    return limit.map(t -> Bound.at(t.toNanos())).orElse(Bound.inherit());
  }

  /**
   * Whether a torrent has been seeded enough; {@code seedingNanos} since it began to seed, {@code
   * idleNanos} since it sent something or began.
   */
  boolean isSeeded(TorrentSnapshot snapshot, long seedingNanos, long idleNanos) {
    return ratio.filter(r -> snapshot.uploaded() >= r * snapshot.wantedBytes()).isPresent()
        || time.filter(t -> seedingNanos >= t.toNanos()).isPresent()
        || idle.filter(t -> idleNanos >= t.toNanos()).isPresent();
  }
}
