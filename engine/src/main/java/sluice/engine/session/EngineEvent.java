package sluice.engine.session;

import java.util.Map;
import java.util.Optional;
import sluice.engine.pick.FileSelection;
import sluice.engine.policy.ShareAction;
import sluice.engine.port.Fault;
import sluice.engine.torrent.TrackerAnswer;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.InfoHashes;
import sluice.protocol.metainfo.Metainfo;
import sluice.protocol.metainfo.PieceLayer;

/** Something that happened. Delivered on the loop, in order; receivers must not block. */
public sealed interface EngineEvent {
  /** Peers are accepted at {@code local}. */
  record Listening(Endpoint local) implements EngineEvent {}

  /** Peers are not accepted at {@code local}. */
  record NotListening(Endpoint local, Fault fault) implements EngineEvent {}

  /** The data on disk were checked: {@code have} of {@code pieces} pieces are right. */
  record Checked(InfoHashes torrent, double seconds, int have, int pieces) implements EngineEvent {}

  /**
   * The last wanted piece is verified and written. Not told if nothing was missing at the start.
   */
  record Completed(InfoHashes torrent) implements EngineEvent {}

  /**
   * Somebody else wrote to the files of a torrent that was there: so many pieces are wrong. They
   * are fetched again, unless the torrent only seeds.
   */
  record PiecesLost(InfoHashes torrent, int pieces) implements EngineEvent {}

  /** The torrent stopped; it goes on when it is added again. */
  record Faulted(InfoHashes torrent, Fault fault) implements EngineEvent {}

  /**
   * The metadata of a magnet are there. From here on the torrent goes by the hashes of {@code
   * metainfo}: a hybrid has two, of which the magnet may have named one.
   *
   * @param torrent as it was called before
   * @param files that are wanted, as the magnet selects (BEP 53) or otherwise
   */
  record MetadataReceived(InfoHashes torrent, Metainfo metainfo, FileSelection files)
      implements EngineEvent {}

  /** The torrent is to run, and waits for its turn. */
  record Queued(InfoHashes torrent) implements EngineEvent {}

  /** The torrent has waited, and runs. */
  record Unqueued(InfoHashes torrent) implements EngineEvent {}

  /** The torrent has shared enough; {@code action} follows. */
  record SharedEnough(InfoHashes torrent, ShareAction action) implements EngineEvent {}

  /** What the schedule, or the user, says is different from here on; empty: the usual limits. */
  record ProfileHolds(Optional<String> name) implements EngineEvent {}

  /** The files of the torrent are being moved: so much of them is at the new place. */
  record Moving(InfoHashes torrent, long movedBytes, long totalBytes) implements EngineEvent {}

  /** The torrent was removed; its files are closed. */
  record Removed(InfoHashes torrent) implements EngineEvent {}

  /** A tracker answered an announce. */
  record TrackerAnswered(InfoHashes torrent, TrackerAnswer answer) implements EngineEvent {}

  /** A tracker could not be used; others, or the same later, are tried. */
  record TrackerFailed(InfoHashes torrent, String url, String message) implements EngineEvent {}

  /**
   * A web seed cannot give what it should. Unless it is {@code dropped}, it is asked for other
   * files, or again later.
   */
  record WebSeedFailed(InfoHashes torrent, String url, String message, boolean dropped)
      implements EngineEvent {}

  /**
   * A link that is followed leads to {@code torrent}, which takes the place of the one {@code
   * before} it, by their hashes of 20 bytes (BEP 46). Told by the client that follows it.
   */
  record Updated(Optional<Hash> before, Hash torrent) implements EngineEvent {}

  /** A peer was banned for sending false data. */
  record PeerBanned(InfoHashes torrent, Endpoint peer, String reason) implements EngineEvent {}

  /**
   * The last piece layer that the torrent file lacks has come; these are all of them, by pieces
   * root, to be kept with the torrent (BEP 52).
   */
  record LayersCame(InfoHashes torrent, Map<Hash, PieceLayer> layers) implements EngineEvent {}
}
