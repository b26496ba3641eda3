package sluice.engine.session;

import java.util.List;
import sluice.engine.peer.Peer;
import sluice.engine.torrent.Torrent;
import sluice.protocol.address.Endpoint;
import sluice.protocol.wire.PeerIds;

/**
 * A connected peer at one moment.
 *
 * @param endpoint where it is
 * @param client its program, as it says
 * @param incoming whether it connected to us
 * @param byUtp whether it is connected by uTP
 * @param encrypted whether what is exchanged with it is enciphered
 * @param havePieces how many pieces it has
 * @param pieces all pieces
 * @param downRate payload bytes per second, received
 * @param upRate payload bytes per second, sent
 * @param downloaded payload bytes received
 * @param uploaded payload bytes sent
 * @param interesting whether it has what we want
 * @param chokingUs whether it does not let us request
 * @param interestedInUs whether it wants what we have
 * @param chokedByUs whether we do not let it request
 * @param snubbed whether it has let us wait for long
 */
public record PeerSnapshot(
    Endpoint endpoint,
    String client,
    boolean incoming,
    boolean byUtp,
    boolean encrypted,
    int havePieces,
    int pieces,
    long downRate,
    long upRate,
    long downloaded,
    long uploaded,
    boolean interesting,
    boolean chokingUs,
    boolean interestedInUs,
    boolean chokedByUs,
    boolean snubbed) {
  /** Most peers that are told of at a time. */
  public static final int MAX_LISTED = 2_000;

  static List<PeerSnapshot> of(Torrent run, long now) {
    return run.peers().stream().limit(MAX_LISTED).map(peer -> of(peer, now)).toList();
  }

  private static PeerSnapshot of(Peer peer, long now) {
    return new PeerSnapshot(
        peer.endpoint(),
        peer.capabilities().client().orElseGet(() -> PeerIds.client(peer.handshake().peerId())),
        peer.incoming(),
        peer.byUtp(),
        peer.outbox().encrypted(),
        peer.pieces().count(),
        peer.pieces().size(),
        peer.down().rate(now),
        peer.up().rate(now),
        peer.down().total(),
        peer.up().total(),
        peer.interesting(),
        peer.chokingUs(),
        peer.interestedInUs(),
        peer.chokedByUs(),
        peer.snubbed());
  }
}
