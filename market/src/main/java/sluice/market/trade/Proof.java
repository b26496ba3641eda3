package sluice.market.trade;

import java.util.HashMap;
import java.util.Map;

/**
 * What a payer has received from one payee and not seen verified: it pays for no more of that than
 * one piece, which bounds its loss. Loop only.
 */
final class Proof {
  /** Most pieces that are remembered; what came of others is not paid until one is verified. */
  static final int MAX_PIECES = 4_096;

  private final long allowedBytes;
  private final Map<Integer, Long> pieces = new HashMap<>();
  private long waitingBytes;

  /** {@code pieceBytes}: the length of a piece. */
  Proof(long pieceBytes) {
    allowedBytes = pieceBytes;
  }

  void received(int piece, long bytes) {
    waitingBytes += bytes;
    if (pieces.size() < MAX_PIECES || pieces.containsKey(piece)) {
      pieces.merge(piece, bytes, Long::sum);
    }
  }

  /** The piece is right. */
  void good(int piece) {
    Long bytes = pieces.remove(piece);
    waitingBytes -= bytes == null ? 0 : bytes;
  }

  /** Whether the piece has bytes of the payee. */
  boolean has(int piece) {
    return pieces.containsKey(piece);
  }

  /** Bytes that are not to be paid for yet. */
  long heldBytes() {
    return Math.max(0, waitingBytes - allowedBytes);
  }
}
