package sluice.engine.peer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.bencode.BDictionary;

/** A {@link PeerExtension} in one torrent. Loop only. */
public interface PeerTalk {
  /** What we tell {@code peer} of ourselves, under the name of the extension. */
  BDictionary greeting(Peer peer);

  /** The peer speaks the extension, and tells this of itself; it may tell again. */
  void onGreeting(Peer peer, BDictionary told);

  /**
   * A message of the extension.
   *
   * @param payload valid during the call
   * @throws sluice.protocol.wire.ProtocolException when the connection is to be closed
   */
  void onMessage(Peer peer, ByteBuffer payload);

  /** So many bytes of blocks were queued for the peer, behind all that was said to it before. */
  void onSent(Peer peer, int bytes);

  /**
   * A block has come from the peer.
   *
   * @param asked the peer was asked for it, and sends it for the first time
   */
  void onBlock(Peer peer, int piece, int begin, int length, boolean asked);

  /**
   * A block of a peer that {@link #wantsWholePieces} was verified before its piece: only where the
   * hashes of blocks can be had (BEP 52).
   */
  void onChecked(Peer peer, int piece, int length, boolean good);

  /**
   * A piece was verified.
   *
   * @param senders of its blocks
   */
  void onPiece(int piece, boolean good, List<Sender> senders);

  /** The connection has ended. */
  void onClosed(Peer peer);

  /** Whether the connection is to be kept though neither side wants pieces of the other. */
  boolean needs(Peer peer);

  /** Whether the peer is to be asked for whole pieces that nobody else is asked for. */
  boolean wantsWholePieces(Peer peer);

  /** A second has passed. */
  void tick(long now);

  /** Who sells upload slots of the torrent; empty if none are sold. Always the same. */
  Optional<SlotSeller> seller();

  /** The torrent ends. */
  void end();
}
