package sluice.engine.peer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Fault;
import sluice.protocol.wire.Message;

/** The torrent, as one of its peers sees it. All calls are on the loop. */
public interface PeerListener {
  /** The peer's pieces became known or changed as a whole; before that it had none. */
  void onPieces(Peer peer);

  /** The peer got {@code piece}, which it did not have. */
  void onHave(Peer peer, int piece);

  /** The peer lost {@code piece} (BEP 54), which it had; it had every piece if {@code wasSeed}. */
  void onDontHave(Peer peer, int piece, boolean wasSeed);

  /** The peer choked us; it will not answer what was asked, allowed-fast pieces excepted. */
  void onChoked(Peer peer);

  /** The peer unchoked us, or allowed a piece in spite of choking. */
  void onMayRequest(Peer peer);

  /** The peer's interest in us changed. */
  void onInterest(Peer peer);

  /** A block starts to arrive; gives where to put it, or null to skip it. */
  @Nullable ByteBuffer onBlockStart(Peer peer, int piece, int begin, int length);

  /** The block is there. */
  void onBlockEnd(Peer peer, int piece, int begin, int length);

  /** The peer will not send a block (BEP 6). */
  void onRejected(Peer peer, int piece, int begin);

  /** Asks for Merkle hashes, sends some, or refuses them (BEP 52). */
  void onHashMessage(Peer peer, Message message);

  /** Hears what the peer says by extensions. */
  ExtensionListener extended();

  /** All bytes of one delivery are processed. */
  void onTurnEnd(Peer peer);

  /** Whether the piece is verified and may be served to {@code peer}. */
  boolean canServe(Peer peer, int piece);

  /** A read for this peer failed. */
  void onDiskFault(Fault fault);

  /** Payload was queued for the peer. */
  void onSent(Peer peer, int bytes);

  /** A bug showed; the torrent must not go on. */
  void onBug(RuntimeException bug);

  /** The connection ended, told exactly once. */
  void onClosed(Peer peer, String reason);
}
