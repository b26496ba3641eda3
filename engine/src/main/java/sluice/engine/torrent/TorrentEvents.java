package sluice.engine.torrent;

import java.util.Map;
import sluice.engine.port.Fault;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayer;

/** What a torrent tells the session. On the loop. */
public interface TorrentEvents {
  /** The data on disk were checked: {@code have} of {@code pieces} are right. */
  void onChecked(Torrent torrent, double seconds, int have, int pieces);

  /**
   * What is there is known, and before anything else happens {@code go} is waited for. It is run
   * once, at once or soon; the torrent may have stopped by then.
   */
  default void onLooked(Torrent torrent, Runnable go) {
    go.run();
  }

  /** The piece was verified and written; it is not forced to the device yet. */
  void onWritten(Torrent torrent, int piece);

  /** So far the torrent is, whatever happens. */
  void onCheckpoint(Torrent torrent, Resume resume, Done done);

  /** What the torrent has done has changed. */
  void onCounters(Torrent torrent, Totals totals, Done done);

  /** The last wanted piece came. */
  void onCompleted(Torrent torrent);

  /** Pieces that were there are not any more: somebody else wrote to the files. */
  void onLost(Torrent torrent, int pieces);

  /** The torrent cannot go on. */
  void onFaulted(Torrent torrent, Fault fault);

  /** A tracker answered. */
  void onTracker(Torrent torrent, TrackerAnswer answer);

  /** A tracker could not be used. */
  void onTrackerFailed(Torrent torrent, String url, String message);

  /** A web seed cannot give what it should; {@code dropped} if it is not asked again. */
  void onWebSeed(Torrent torrent, String url, String message, boolean dropped);

  /** A peer was banned. */
  void onBanned(Torrent torrent, Endpoint peer, String reason);

  /** The last piece layer that the torrent file lacks has come; these are all of them (BEP 52). */
  void onLayers(Torrent torrent, Map<Hash, PieceLayer> layers);
}
