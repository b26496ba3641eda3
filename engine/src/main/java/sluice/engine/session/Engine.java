package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import sluice.engine.dht.Dht;
import sluice.engine.policy.PeerLimits;
import sluice.engine.policy.Profile;
import sluice.engine.policy.QueueLimits;
import sluice.engine.policy.Schedule;
import sluice.engine.policy.ShareRule;
import sluice.engine.policy.ShareRules;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.engine.rate.BandwidthPlan;
import sluice.engine.rate.PeerClass;
import sluice.engine.rate.TorrentLimits;
import sluice.protocol.address.Endpoint;
import sluice.protocol.announce.ScrapeReply;
import sluice.protocol.digest.Hash;
import sluice.protocol.filter.IpFilter;
import sluice.protocol.metainfo.InfoHashes;

/** A BitTorrent session. Any thread may call it; the work is done on its loop. */
public final class Engine {
  private final Loop loop;
  private final Session session;

  /** An engine that forgets everything at its end; {@code events} is called on the loop. */
  public Engine(Ports ports, EngineConfig config, Consumer<EngineEvent> events) {
    this(ports, config, Keeper.inMemory(), events);
  }

  /** An engine that does nothing until {@link #start}; {@code events} is called on the loop. */
  public Engine(Ports ports, EngineConfig config, Keeper keeper, Consumer<EngineEvent> events) {
    this.loop = ports.loop();
    this.session = new Session(ports, config, keeper, events);
  }

  /** Begins to listen; done when each address listens or has failed, as told by events. */
  public CompletionStage<Void> start() {
    CompletableFuture<Void> started = new CompletableFuture<>();
    loop.execute(() -> session.start(() -> started.complete(null)));
    return started;
  }

  /**
   * Adds a torrent: its data are checked, then it downloads or seeds. {@link Outcome.Refused} if
   * the torrent is there already or the engine has stopped. One that is faulted may be added again,
   * with a source of its own.
   */
  public CompletionStage<Outcome> add(TorrentSpec spec) {
    CompletableFuture<Outcome> told = new CompletableFuture<>();
    loop.execute(() -> told.complete(session.add(spec)));
    return told;
  }

  /** Does something to one torrent. */
  public CompletionStage<Outcome> command(InfoHashes torrent, Command command) {
    CompletableFuture<Outcome> told = new CompletableFuture<>();
    loop.execute(() -> session.command(torrent, command, told::complete));
    return told;
  }

  /**
   * Tells of peers of one torrent, from a source of the caller's own. They are tried like any
   * other; {@link Outcome.Refused} if the torrent does not run.
   */
  public CompletionStage<Outcome> offer(InfoHashes torrent, List<Endpoint> peers) {
    List<Endpoint> known = List.copyOf(peers);
    CompletableFuture<Outcome> told = new CompletableFuture<>();
    loop.execute(() -> told.complete(session.offer(torrent, known)));
    return told;
  }

  /**
   * Reads bytes of one torrent as soon as their piece is verified; {@code bytes} is given them on
   * the loop, to keep. {@link Outcome.Refused} if the torrent does not run or too many reads wait.
   * To give up a read, cancel it.
   */
  public CompletableFuture<Outcome> read(
      InfoHashes torrent, Storage.Slice slice, Consumer<ByteBuffer> bytes) {
    CompletableFuture<Outcome> told = new CompletableFuture<>();
    loop.execute(() -> session.read(torrent, slice, bytes, told));
    return told;
  }

  /**
   * The files of one torrent with what is there of each and what is wanted; computed for this call.
   * Empty if there is no such torrent or its metadata have not come.
   */
  public CompletionStage<Optional<TorrentFiles>> files(InfoHashes torrent) {
    CompletableFuture<Optional<TorrentFiles>> told = new CompletableFuture<>();
    loop.execute(() ->
        session.look(torrent, (entry, keeper) -> Inspection.start(entry, keeper, told::complete)));
    return told;
  }

  /** The peers of one torrent, at most {@link PeerSnapshot#MAX_LISTED}; none if it does not run. */
  public CompletionStage<List<PeerSnapshot>> peers(InfoHashes torrent) {
    CompletableFuture<List<PeerSnapshot>> told = new CompletableFuture<>();
    loop.execute(() ->
        session.look(
            torrent,
            (entry, keeper) ->
                told.complete(
                    entry
                        .flatMap(Entry::torrent)
                        .map(run -> PeerSnapshot.of(run, loop.now()))
                        .orElse(List.of()))));
    return told;
  }

  /** The pieces of one torrent; empty if it does not run. */
  public CompletionStage<Optional<PieceMap>> pieces(InfoHashes torrent) {
    CompletableFuture<Optional<PieceMap>> told = new CompletableFuture<>();
    loop.execute(() ->
        session.look(
            torrent,
            (entry, keeper) -> told.complete(entry.flatMap(Entry::torrent).map(PieceMap::of))));
    return told;
  }

  /** Does something with the DHT, on the loop. */
  public void dht(Consumer<Dht> task) {
    loop.execute(() -> task.accept(session.udp().dht()));
  }

  /** Tells how the session is, on the loop. */
  public void status(Consumer<SessionStatus> told) {
    loop.execute(() -> told.accept(session.status()));
  }

  /**
   * Asks the tracker with the announce address {@code url} how many have {@code torrents}, of which
   * there are 1 to 74 (BEP 48).
   */
  public CompletionStage<ScrapeReply> scrape(String url, List<Hash> torrents) {
    CompletableFuture<ScrapeReply> told = new CompletableFuture<>();
    loop.execute(() -> session.trackers().scrape(url, torrents, told::complete));
    return told;
  }

  /** One torrent as of at most 100 ms ago, or a second where nothing is exchanged. */
  public Optional<TorrentSnapshot> snapshot(InfoHashes torrent) {
    return session.snapshots().of(torrent);
  }

  /**
   * Blocks the addresses of {@code filter}, and no others: connections with them are closed, they
   * are not let in and not dialled.
   */
  public CompletionStage<Void> filter(IpFilter filter) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> {
      session.filter(filter);
      done.complete(null);
    });
    return done;
  }

  /** Changes the limits of the session and its bandwidth classes, for when no profile holds. */
  public CompletionStage<Void> bandwidth(BandwidthPlan plan) {
    return govern(governor -> governor.bandwidth(plan));
  }

  /**
   * Puts peers into classes of bandwidth by their address; the first rule that fits holds.
   *
   * @throws IllegalArgumentException when they are more than {@link PeerClass#MAX_RULES}
   */
  public CompletionStage<Void> peerClasses(List<PeerClass> rules) {
    List<PeerClass> checked = List.copyOf(rules);
    if (checked.size() > PeerClass.MAX_RULES) {
      throw new IllegalArgumentException("more than " + PeerClass.MAX_RULES + " rules");
    }
    return govern(governor -> governor.peerClasses(checked));
  }

  /** Changes when which limits hold; without a schedule those of the session do. */
  public CompletionStage<Void> schedule(Optional<Schedule> schedule) {
    return govern(governor -> governor.schedule(schedule));
  }

  /**
   * Lets {@code profile} hold whatever the time and the schedule, such as for a while of other
   * speeds; empty: as the schedule says.
   */
  public CompletionStage<Void> choose(Optional<Profile> profile) {
    return govern(governor -> governor.choose(profile));
  }

  /** Changes how many torrents may run at a time. */
  public CompletionStage<Void> queue(QueueLimits limits) {
    return govern(governor -> governor.queue(limits));
  }

  /**
   * While {@code on}, no torrent is given a place in the queue: more are about to be added, and
   * some of them may go first.
   */
  public CompletionStage<Void> gather(boolean on) {
    return govern(governor -> governor.queue().gather(on));
  }

  /**
   * Moves a torrent in the queue; gives the places of all torrents whose order changed: none if it
   * is unknown or where it is to be, else mostly its own.
   */
  public CompletionStage<Map<InfoHashes, QueuePlace>> move(InfoHashes torrent, QueueMove move) {
    CompletableFuture<Map<InfoHashes, QueuePlace>> done = new CompletableFuture<>();
    loop.execute(() -> done.complete(session.governor().move(torrent, move)));
    return done;
  }

  /** Changes when torrents have shared enough of which neither they nor their class say so. */
  public CompletionStage<Void> share(ShareRule rule) {
    return govern(governor -> governor.share(rules -> rules.session(rule)));
  }

  /**
   * Changes when torrents of bandwidth classes that do not say so themselves have shared enough.
   *
   * @param byClass rules by the name of the class; the others have none
   * @throws IllegalArgumentException when they are more than {@link ShareRules#MAX_CLASSES}
   */
  public CompletionStage<Void> classShares(Map<String, ShareRule> byClass) {
    ShareRules checked = ShareRules.of(ShareRule.INHERIT).classes(byClass);
    return govern(governor -> governor.share(rules -> rules.classes(checked.classes())));
  }

  /** Changes when a torrent has shared enough; false if it is unknown. */
  public CompletionStage<Boolean> share(InfoHashes torrent, ShareRule rule) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(() -> done.complete(session.governor().share(torrent, rule)));
    return done;
  }

  /** Changes how many connections there may be; those that are too many are closed. */
  public CompletionStage<Void> limits(PeerLimits limits) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> {
      session.limits(limits);
      done.complete(null);
    });
    return done;
  }

  /** Changes the limits of a torrent until it stops; false if it does not run. */
  public CompletionStage<Boolean> limits(InfoHashes torrent, TorrentLimits limits) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(() -> done.complete(session.limits(torrent, limits)));
    return done;
  }

  /** All torrents as of at most 100 ms ago, or a second where nothing is exchanged. */
  public List<TorrentSnapshot> snapshot() {
    return session.snapshots().all();
  }

  /** What changed in them since the version {@code seen}; 0 for everything. Costs what changed. */
  public SnapshotChanges changes(long seen) {
    return session.snapshots().since(seen);
  }

  /** Says goodbye to trackers (3 s at the most) and peers, and closes all storage. */
  public CompletionStage<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    loop.execute(() -> session.stop(() -> stopped.complete(null)));
    return stopped;
  }

  private CompletionStage<Void> govern(Consumer<Governor> change) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.execute(() -> {
      change.accept(session.governor());
      done.complete(null);
    });
    return done;
  }
}
