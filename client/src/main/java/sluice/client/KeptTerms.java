package sluice.client;

import java.util.Optional;
import sluice.engine.policy.Bound;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.rate.PeerRate;
import sluice.engine.rate.Rank;
import sluice.engine.session.QueuePlace;
import sluice.engine.session.Terms;
import sluice.state.record.Limits;
import sluice.state.record.ShareLimits;
import sluice.state.record.Torrent;
import sluice.state.record.TorrentOptions;
import sluice.state.record.Wanted;

/** The terms of torrents as records of the store, and back. */
final class KeptTerms {
  private static final long SECOND_NANOS = 1_000_000_000L;

  private KeptTerms() {}

  /** The terms of the torrent that is recorded as {@code torrent}. */
  static Terms of(Torrent torrent) {
    QueuePlace place = new QueuePlace(torrent.queueOrder(), torrent.wanted() == Wanted.FORCED);
    TorrentOptions kept = torrent.options();
    Limits limits = kept.limits();
    return new Terms(
        Optional.of(place),
        of(kept.shareLimits()),
        limits.maxPeers(),
        kept.bandwidthClass(),
        new PeerRate(limits.peerDownloadBytesPerSecond(), limits.peerUploadBytesPerSecond()),
        limits.uploadSlots(),
        Rank.of(kept.priority()));
  }

  private static ShareRule of(ShareLimits kept) {
    // The numbers of actions are in records: none may be given to another.
    Optional<ShareAction> action =
        switch (kept.action()) {
          case 1 -> Optional.of(ShareAction.STOP);
          case 2 -> Optional.of(ShareAction.REMOVE);
          case 3 -> Optional.of(ShareAction.REMOVE_WITH_DATA);
          case 4 -> Optional.of(ShareAction.SUPER_SEED);
          default -> Optional.empty();
        };
    return new ShareRule(
        bound(kept.ratioPermille(), 1),
        bound(kept.seedingSeconds(), SECOND_NANOS),
        bound(kept.idleSeconds(), SECOND_NANOS),
        action);
  }

  /** The record of {@code rule}, of whose times parts of a second are left out. */
  static ShareLimits record(ShareRule rule) {
    int action =
        rule.action()
            .map(a ->
                switch (a) {
                  case STOP -> 1;
                  case REMOVE -> 2;
                  case REMOVE_WITH_DATA -> 3;
                  case SUPER_SEED -> 4;
                })
            .orElse(0);
    return new ShareLimits(
        number(rule.ratioPermille(), 1),
        number(rule.seedingNanos(), SECOND_NANOS),
        number(rule.idleNanos(), SECOND_NANOS),
        action);
  }

  private static Bound bound(long kept, long unit) {
    if (kept < 0) {
      return kept == ShareLimits.NONE ? Bound.never() : Bound.inherit();
    }
    return Bound.at(Math.min(kept, Long.MAX_VALUE / unit) * unit);
  }

  private static long number(Bound bound, long unit) {
    return switch (bound) {
      case Bound.Inherit i -> ShareLimits.INHERIT;
      case Bound.Never n -> ShareLimits.NONE;
      case Bound.At(long value) -> value / unit;
    };
  }
}
