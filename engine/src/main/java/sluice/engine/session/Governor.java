package sluice.engine.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareAction;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.ShareRules;
import sluice.engine.rate.Bandwidth;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerClass;
import sluice.engine.torrent.Torrent;
import sluice.protocol.metainfo.InfoHashes;

/** What a session does by itself: holds the policies and carries out what they say. Loop only. */
final class Governor {
  private final Register entries;
  private final Bandwidth bandwidth;
  private final BiConsumer<Entry, Command> act;
  private final Consumer<Entry> show;
  private final Consumer<EngineEvent> events;
  private final QueueKeeper queue;
  private final ShareWatch shares;
  private final Timetable timetable;

  /**
   * {@code act} does something to an entry, as if the user wanted it; {@code show} is told whose
   * place has changed.
   */
  Governor(
      Ports ports,
      Policies policies,
      Bandwidth bandwidth,
      Register entries,
      BiConsumer<Entry, Command> act,
      Consumer<Entry> show,
      Consumer<EngineEvent> events) {
    this.entries = entries;
    this.bandwidth = bandwidth;
    this.act = act;
    this.show = show;
    this.events = events;
    this.queue = new QueueKeeper(ports.loop(), policies.queue(), events);
    this.shares = new ShareWatch(policies.share(), entries::get, this::sharedEnough);
    this.timetable =
        new Timetable(ports.loop(), ports.calendar(), bandwidth, queue, policies.queue(), events);
    timetable.schedule(policies.schedule());
  }

  QueueKeeper queue() {
    return queue;
  }

  /** A second has passed. */
  void tick(long now, Collection<Torrent> running) {
    timetable.tick();
    queue.tick(now);
    shares.tick(now, running);
  }

  /** Changes how many torrents may run at a time. */
  void queue(QueueLimits limits) {
    timetable.usual(limits);
  }

  /** Changes the limits of the session and its classes. */
  void bandwidth(BandwidthPlan plan) {
    timetable.usual(plan);
  }

  /** Changes which peers belong to which classes. */
  void peerClasses(List<PeerClass> rules) {
    bandwidth.rules(rules);
  }

  /** Changes when which limits hold. */
  void schedule(Optional<Schedule> schedule) {
    timetable.schedule(schedule);
  }

  /** Lets {@code profile} hold whatever the schedule says, or the schedule again. */
  void choose(Optional<Profile> profile) {
    timetable.choose(profile);
  }

  /** Moves a torrent in the queue. The places of all whose order changed by it. */
  Map<InfoHashes, QueuePlace> move(InfoHashes torrent, QueueMove move) {
    Map<InfoHashes, QueuePlace> changed = new LinkedHashMap<>();
    for (Entry entry : entries.find(torrent).map(e -> queue.move(e, move)).orElse(List.of())) {
      changed.put(entry.hashes(), entry.turn().place());
      show.accept(entry);
    }
    return changed;
  }

  /** Changes when torrents without a rule of their own have shared enough. */
  void share(UnaryOperator<ShareRules> change) {
    shares.rules(change);
  }

  /** Whether {@code entry}, which stands closed, has shared for long enough. */
  boolean hasShared(Entry entry) {
    return shares.isDue(entry);
  }

  /** Changes when a torrent has shared enough; false if it is not there. */
  boolean share(InfoHashes torrent, ShareRule rule) {
    Optional<Entry> entry = entries.find(torrent);
    entry.ifPresent(e -> e.turn().share(rule));
    return entry.isPresent();
  }

  private void sharedEnough(Entry entry, ShareAction action) {
    events.accept(new EngineEvent.SharedEnough(entry.hashes(), action));
    act.accept(entry, command(action));
  }

  private static Command command(ShareAction action) {
    return switch (action) {
      case STOP -> new Command.Stop();
      case REMOVE -> new Command.Remove();
      case REMOVE_WITH_DATA -> new Command.Erase();
      case SUPER_SEED -> new Command.SuperSeed(true);
    };
  }
}
