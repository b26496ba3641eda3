package sluice.market.trade;

import java.util.HashMap;
import java.util.Map;

/**
 * What a payer has received from one payee and not seen verified: it pays for no more of that than
 * one piece, or one block where blocks are verified, which bounds its loss. Loop only.
 */
final class Proof {
  /** Most pieces that are remembered; what came of others is not paid until one is verified. */
  static final int MAX_PIECES = 4_096;

  private final long allowedBytes;
  private final Map<Integer, Long> pieces = new HashMap<>();
  private long waitingBytes;

  /** {@code allowedBytes}: what is verified at once. */
  Proof(long allowedBytes) {
    this.allowedBytes = allowedBytes;
  }

  void received(int piece, long bytes) {
    waitingBytes += bytes;
    if (pieces.size() < MAX_PIECES || pieces.containsKey(piece)) {
      pieces.merge(piece, bytes, Long::sum);
    }
  }

  /** So many bytes of the piece are right, whatever the others are. */
  void right(int piece, long bytes) {
    Long left = pieces.get(piece);
    long known = Math.min(left == null ? 0 : left, bytes);
    pieces.computeIfPresent(piece, (p, all) -> all - known);
    waitingBytes -= known;
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

  /** Bytes that are not to be paid for yet, when {@code more} are that have not come. */
  long heldBytes(long more) {
    return Math.max(0, waitingBytes + more - allowedBytes);
  }
}
