package sluice.engine.session;

import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.port.Fault;
import sluice.engine.torrent.Done;
import sluice.engine.torrent.Torrent;
import sluice.engine.torrent.Totals;
import sluice.protocol.metainfo.InfoHashes;

/**
 * A torrent at one moment.
 *
 * @param torrent its identity
 * @param phase what it is doing
 * @param havePieces verified and written pieces
 * @param pieces all pieces
 * @param haveBytes data bytes in verified pieces
 * @param wantedBytes data bytes that are wanted
 * @param downloaded payload bytes received
 * @param uploaded payload bytes sent
 * @param wasted payload bytes received for nothing
 * @param downRate payload bytes per second, received
 * @param upRate payload bytes per second, sent
 * @param peers connected peers
 * @param seeds connected peers that have everything
 * @param knownPeers addresses known
 * @param seedingNanos time spent complete and active, all runs together
 * @param fault why it does not run although it is wanted
 * @param place in the queue
 */
public record TorrentSnapshot(
    InfoHashes torrent,
    Phase phase,
    int havePieces,
    int pieces,
    long haveBytes,
    long wantedBytes,
    long downloaded,
    long uploaded,
    long wasted,
    long downRate,
    long upRate,
    int peers,
    int seeds,
    int knownPeers,
    long seedingNanos,
    Optional<Fault> fault,
    QueuePlace place) {
  private static final QueuePlace NO_PLACE = new QueuePlace(0, false);

  /** A torrent of which this much is there; it does not run. */
  public static TorrentSnapshot known(
      InfoHashes torrent, int pieces, long wantedBytes, Done done, Totals totals) {
    return new TorrentSnapshot(
        torrent,
        Phase.STOPPED,
        done.pieces(),
        pieces,
        done.bytes(),
        wantedBytes,
        totals.downloaded(),
        totals.uploaded(),
        totals.wasted(),
        0,
        0,
        0,
        0,
        0,
        totals.seedingNanos(),
        Optional.empty(),
        NO_PLACE);
  }

  /** A torrent that has never run. */
  static TorrentSnapshot idle(InfoHashes torrent) {
    return new TorrentSnapshot(
        torrent, Phase.STOPPED, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), NO_PLACE);
  }

  /** A torrent whose metadata are being fetched; pieces are those of the metadata. */
  static TorrentSnapshot fetching(
      InfoHashes torrent, int havePieces, int pieces, int peers, int knownPeers) {
    return new TorrentSnapshot(
        torrent,
        Phase.METADATA,
        havePieces,
        pieces,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        peers,
        0,
        knownPeers,
        0,
        Optional.empty(),
        NO_PLACE);
  }

  /** The torrent that {@code run} runs. */
  static TorrentSnapshot of(Torrent run, long now) {
    int seeds = (int) run.peers().stream().filter(Peer::isSeed).count();
    long have = run.picker().haveBytes();
    return new TorrentSnapshot(
        run.hashes(),
        phase(run.phase()),
        run.picker().have().count(),
        run.layout().pieceCount(),
        have,
        have + run.picker().missingBytes(),
        run.counters().downloaded(),
        run.counters().uploaded(),
        run.counters().wasted(),
        run.counters().downRate(now),
        run.counters().upRate(now),
        run.peers().size(),
        seeds,
        run.knownPeers(),
        run.totals().seedingNanos(),
        run.phase() instanceof sluice.engine.torrent.Phase.Faulted(Fault cause)
            ? Optional.of(cause)
            : Optional.empty(),
        NO_PLACE);
  }

  /**
   * The same torrent while nothing of it runs: it is in {@code state}, cannot run for a {@code
   * cause}, or {@code waits} for its turn.
   */
  TorrentSnapshot resting(Optional<Fault> cause, EntryState state, boolean waits) {
    boolean active = downRate != 0 || upRate != 0 || peers != 0;
    Phase resting = cause.map(TorrentSnapshot::faulted).orElseGet(() -> sound(state, waits));
    if (!active && phase == resting && fault.equals(cause)) {
      return this;
    }
    return new TorrentSnapshot(
        torrent,
        resting,
        havePieces,
        pieces,
        haveBytes,
        wantedBytes,
        downloaded,
        uploaded,
        wasted,
        0,
        0,
        0,
        0,
        knownPeers,
        seedingNanos,
        cause,
        place);
  }

  /** The same torrent after another time of seeding. */
  public TorrentSnapshot seeding(long nanos) {
    return with(nanos, place);
  }

  /** Whether it changes by itself, without peers that come or go. */
  boolean isBusy() {
    return phase != Phase.SEEDING || downRate != 0 || upRate != 0 || peers != 0;
  }

  /** The same torrent at {@code other} place. */
  TorrentSnapshot at(QueuePlace other) {
    return place.equals(other) ? this : with(seedingNanos, other);
  }

  private TorrentSnapshot with(long nanos, QueuePlace other) {
    return new TorrentSnapshot(
        torrent,
        phase,
        havePieces,
        pieces,
        haveBytes,
        wantedBytes,
        downloaded,
        uploaded,
        wasted,
        downRate,
        upRate,
        peers,
        seeds,
        knownPeers,
        nanos,
        fault,
        other);
  }

  private Phase sound(EntryState state, boolean waits) {
    if (waits) {
      return Phase.QUEUED;
    }
    return switch (state) {
      case WAITING -> Phase.SEEDING;
      case LINED -> Phase.QUEUED;
      // A seed that stood closed is one all the while; of others the files are looked at.
      case OPENING -> phase == Phase.SEEDING ? phase : Phase.CHECKING;
      case IDLE, FETCHING, RUNNING, ENDING, BUSY, GONE -> Phase.STOPPED;
    };
  }

  private static Phase faulted(Fault cause) {
    return cause.kind() == Fault.Kind.ABSENT ? Phase.ABSENT : Phase.FAULTED;
  }

  private static Phase phase(sluice.engine.torrent.Phase phase) {
    return switch (phase) {
      case sluice.engine.torrent.Phase.Checking c -> Phase.CHECKING;
      case sluice.engine.torrent.Phase.Downloading d -> Phase.DOWNLOADING;
      case sluice.engine.torrent.Phase.Seeding s -> Phase.SEEDING;
      case sluice.engine.torrent.Phase.Stopped s -> Phase.STOPPED;
      case sluice.engine.torrent.Phase.Faulted(Fault cause) -> faulted(cause);
    };
  }

  /** What a torrent is doing. */
  public enum Phase {
    /** The info dictionary of a magnet is being fetched; pieces are pieces of it. */
    METADATA,
    CHECKING,
    DOWNLOADING,
    SEEDING,
    STOPPED,
    /** It is to run, and waits for its turn. */
    QUEUED,
    /** Its disk or folder is not there; it goes on when that is back. */
    ABSENT,
    FAULTED
  }
}
