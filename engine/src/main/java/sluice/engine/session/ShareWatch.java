package sluice.engine.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.ShareRules;
import sluice.engine.policy.ShareState;
import sluice.engine.torrent.Phase;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;

/**
 * Finds the torrents that have shared enough. A forced one goes on, whatever it has shared; what
 * stands closed has time pass, and is opened when that is enough. Loop only.
 */
final class ShareWatch {
  /** What goes on for a while, so that it is not begun again. */
  private static final Set<ShareAction> LASTING =
      EnumSet.of(ShareAction.SUPER_SEED, ShareAction.REMOVE_WITH_DATA);

  private final Function<InfoHashes, @Nullable Entry> entries;
  private final BiConsumer<Entry, ShareAction> actor;
  private ShareRules rules;

  /** {@code actor} does what a rule says. */
  ShareWatch(
      ShareRules rules,
      Function<InfoHashes, @Nullable Entry> entries,
      BiConsumer<Entry, ShareAction> actor) {
    this.rules = rules;
    this.entries = entries;
    this.actor = actor;
  }

  /** Changes the rules for torrents that have none of their own. */
  void rules(UnaryOperator<ShareRules> change) {
    rules = change.apply(rules);
  }

  /** A second has passed. */
  void tick(long now, Collection<Torrent> running) {
    List<Runnable> acts = new ArrayList<>();
    for (Torrent torrent : running) {
      Entry entry = entries.apply(torrent.hashes());
      if (entry == null || !(torrent.phase() instanceof Phase.Seeding)) {
        continue;
      }
      Turn turn = entry.turn();
      Optional<ShareAction> action =
          turn.place().forced() ? Optional.empty() : rule(entry).decide(state(torrent));
      // A super-seed stays one, and files are deleted once.
      action
          .filter(a -> !(LASTING.contains(a) && turn.hasShared()))
          .ifPresent(a -> acts.add(() -> actor.accept(entry, a)));
      turn.shared(action.isPresent());
    }
    acts.forEach(Runnable::run);
  }

  private ShareRule rule(Entry entry) {
    return entry.turn().share().or(rules.in(entry.spec().terms().bandwidthClass()));
  }

  /** Whether {@code entry}, which stands closed, has shared for long enough. */
  boolean isDue(Entry entry) {
    Turn turn = entry.turn();
    ShareRule rule = rule(entry);
    if (!rule.isLimited() || turn.place().forced() || turn.hasShared()) {
      return false;
    }
    TorrentSnapshot last = entry.last();
    long closed = entry.standby().closedNanos();
    Optional<Totals> totals = entry.standby().totals();
    long seeding = totals.map(Totals::seedingNanos).orElse(last.seedingNanos()) + closed;
    long idle = totals.map(Totals::idleNanos).orElse(0L) + closed;
    return rule.decide(
            new ShareState(last.uploaded(), last.downloaded(), last.haveBytes(), seeding, idle))
        .isPresent();
  }

  private static ShareState state(Torrent torrent) {
    Totals totals = torrent.totals();
    return new ShareState(
        torrent.counters().uploaded(),
        torrent.counters().downloaded(),
        torrent.picker().haveBytes(),
        totals.seedingNanos(),
        totals.idleNanos());
  }
}
