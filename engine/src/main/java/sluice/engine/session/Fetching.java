package sluice.engine.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import sluice.engine.metadata.MetadataFetch;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.engine.swarm.ConnectionBudget.Permit;
import sluice.engine.swarm.Source;
import sluice.engine.torrent.Announcing;
import sluice.engine.torrent.Beginning;
import sluice.engine.torrent.MetadataRun;
import sluice.engine.torrent.Services;
import sluice.engine.torrent.TorrentOptions;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.wire.Handshake;

/**
 * An entry whose metadata are being fetched: turns what the run tells into steps of it. Loop only.
 */
final class Fetching implements MetadataRun.Owner {
  private final Entry entry;
  private final EntryOwner owner;
  private final MagnetSource source;
  private final Consumer<EngineEvent> events;
  private final MetadataRun run;

  Fetching(
      Entry entry,
      EntryOwner owner,
      MagnetSource source,
      Services services,
      TorrentOptions options,
      MetadataRun.Memory memory,
      Consumer<EngineEvent> events) {
    this.entry = entry;
    this.owner = owner;
    this.source = source;
    this.events = events;
    this.run = new MetadataRun(services, source.magnet(), options, memory, this);
  }

  Entry entry() {
    return entry;
  }

  Announcing announcing() {
    return run.announcing();
  }

  void start() {
    run.start();
  }

  void tick(long now) {
    run.tick(now);
  }

  void refilter() {
    run.refilter();
  }

  void accept(Pipe pipe, Handshake theirs, ByteBuffer rest, Permit permit) {
    run.accept(pipe, theirs, rest, permit);
  }

  /** A peer in the local network. */
  void near(Endpoint peer) {
    run.offer(List.of(peer), Source.LSD);
  }

  void offer(List<Endpoint> peers) {
    run.offer(peers);
  }

  void stop(Runnable done) {
    run.stop(done);
  }

  /** What {@code known}, which was called {@code before}, has become. */
  static EngineEvent received(InfoHashes before, TorrentSpec known, Metainfo metainfo) {
    return new EngineEvent.MetadataReceived(before, metainfo, known.picking().files());
  }

  /** Goes on with metadata that somebody else has. */
  void give(Metainfo metainfo) {
    run.give(metainfo);
  }

  /** It as of this moment; pieces are those of the metadata. */
  TorrentSnapshot snapshot() {
    MetadataFetch.Progress progress = run.progress();
    return TorrentSnapshot.fetching(
        entry.hashes(), progress.have(), progress.pieces(), run.peers(), run.knownPeers());
  }

  @Override
  public void onMetadata(Metainfo metainfo, Beginning beginning) {
    InfoHashes before = entry.hashes();
    TorrentSpec known = source.spec(entry.spec(), metainfo);
    if (!owner.onFetched(entry, known)) {
      beginning.discard();
      entry.failed(
          new Fault(
              Fault.Kind.ADDRESS, "another torrent that is there shares one of its two hashes"));
      return;
    }
    entry.fetched(
        known,
        () -> events.accept(received(before, known, metainfo)),
        metainfo,
        source.storage().apply(metainfo),
        beginning);
  }

  @Override
  public void onFaulted(Fault fault) {
    entry.failed(fault);
  }

  @Override
  public void onTracker(TrackerAnswer answer) {
    events.accept(new EngineEvent.TrackerAnswered(entry.hashes(), answer));
  }

  @Override
  public void onTrackerFailed(String url, String message) {
    events.accept(new EngineEvent.TrackerFailed(entry.hashes(), url, message));
  }

  @Override
  public void onBanned(Endpoint peer, String reason) {
    events.accept(new EngineEvent.PeerBanned(entry.hashes(), peer, reason));
  }
}
