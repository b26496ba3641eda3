package sluice.market.trade;

import java.util.HashMap;
import java.util.Map;

/**
 * What a payer has received during one award and not seen verified: it pays for no more of that
 * than one piece, or one block where blocks are verified, which bounds its loss. Loop only.
 */
final class Proof {
  /** Most pieces that are remembered; what came of others is not paid until one is verified. */
  static final int MAX_PIECES = 4_096;

  private final Map<Integer, Long> pieces = new HashMap<>();
  private long waitingBytes;
  private long goodBytes;

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
    goodBytes += known;
  }

  /** The piece is right. */
  void good(int piece) {
    Long bytes = pieces.remove(piece);
    long known = bytes == null ? 0 : bytes;
    waitingBytes -= known;
    goodBytes += known;
  }

  /** Whether the piece has bytes of the payee. */
  boolean has(int piece) {
    return pieces.containsKey(piece);
  }

  /** Bytes that turned out right. */
  long goodBytes() {
    return goodBytes;
  }

  /**
   * Bytes that are not to be paid for yet, when {@code more} are that have not come, and so many
   * may be unseen.
   */
  long heldBytes(long more, long allowedBytes) {
    return Math.max(0, waitingBytes + more - allowedBytes);
  }

  /** Bytes of which it is not known whether they are right. */
  long waitingBytes() {
    return waitingBytes;
  }
}
