package sluice.engine.session;

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
 * @param seedingNanos time spent complete and active
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
    long seedingNanos) {

  /** What a torrent is doing. */
  public enum Phase {
    CHECKING,
    DOWNLOADING,
    SEEDING,
    STOPPED,
    FAULTED
  }
}
