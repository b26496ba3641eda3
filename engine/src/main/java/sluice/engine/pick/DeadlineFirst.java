package sluice.engine.pick;

import java.util.Optional;
import sluice.engine.peer.Peer;
import sluice.engine.pick.Deadlines.Due;
import sluice.protocol.metainfo.PieceLayout;

/**
 * The choice of a block while pieces have deadlines: pieces that are due soonest come first, from
 * peers that can send them in time. A block of an urgent piece that a slow peer was asked for is
 * asked of a second one that would send it sooner; the answer of the other is cancelled when the
 * block is there. Loop only.
 */
final class DeadlineFirst {
  /** Due pieces that are looked at for one block. */
  private static final int LOOK_AHEAD = 32;

  /** Most peers that one block is asked of. */
  private static final int COPIES = 2;

  /** A piece that is due in less is urgent. */
  private static final long URGENT_NANOS = 2_000_000_000L;

  /** What a peer is believed to send that has not shown its rate. */
  private static final long ASSUMED_BYTES_PER_SECOND = 65_536;

  private static final double NANOS = 1e9;

  private final Picker picker;
  private final Deadlines deadlines;

  DeadlineFirst(Picker picker, Deadlines deadlines) {
    this.picker = picker;
    this.deadlines = deadlines;
  }

  /** The next block to ask {@code peer} for, if one of a due piece is; it counts as asked. */
  Optional<Pick> next(Peer peer, long now) {
    if (peer.snubbed()) {
      return Optional.empty();
    }
    int looked = 0;
    for (Due due : deadlines.soonest()) {
      if (looked++ == LOOK_AHEAD) {
        break;
      }
      if (peer.mayRequest(due.piece())) {
        Optional<Pick> pick = from(due.piece(), peer, due.atNanos() - now, now);
        if (pick.isPresent()) {
          return pick;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Pick> from(int piece, Peer peer, long left, long now) {
    return switch (picker.state(piece)) {
      case ABSENT ->
          picker.mayBegin(piece) && inTime(peer, left, now)
              ? Optional.of(picker.begin(piece, peer, false))
              : Optional.empty();
      case OPEN -> fromOpen(picker.opened(piece), peer, left, now);
      case COMMITTING, HAVE, UNWANTED -> Optional.empty();
    };
  }

  private Optional<Pick> fromOpen(OpenPiece piece, Peer peer, long left, long now) {
    if (!piece.isFor(peer)) {
      return Optional.empty();
    }
    if (piece.hasFree()) {
      return inTime(peer, left, now) ? Optional.of(picker.take(piece, peer)) : Optional.empty();
    }
    return left < URGENT_NANOS && !piece.isExclusive()
        ? again(piece, peer, left < 0 ? 1 : 2, now)
        : Optional.empty();
  }

  /** Whether the peer can be expected to send one more block in time, or it is too late anyway. */
  private static boolean inTime(Peer peer, long left, long now) {
    return left <= 0 || expectedNanos(peer, now) <= Math.max(left, URGENT_NANOS);
  }

  /** A block that was asked of another that would take {@code times} as long as {@code peer}. */
  private static Optional<Pick> again(OpenPiece piece, Peer peer, int times, long now) {
    long ours = times * expectedNanos(peer, now);
    for (int b = 0; b < piece.blocks(); b++) {
      if (piece.isReceived(b) || piece.asked(b) == 0 || piece.asked(b) >= COPIES) {
        continue;
      }
      Peer other = piece.lastAsked(b);
      boolean late = other == null || other.snubbed() || expectedNanos(other, now) > ours;
      if (late && !Endgame.isAsked(peer, piece.piece(), b)) {
        piece.ask(b, peer);
        return Optional.of(new Pick(piece.piece(), b));
      }
    }
    return Optional.empty();
  }

  /** How long the peer takes for what it is asked for and one block more. */
  private static long expectedNanos(Peer peer, long now) {
    long rate = Math.max(ASSUMED_BYTES_PER_SECOND, peer.down().rate(now));
    boolean silent = peer.down().total() > 0 && peer.down().rate(now) == 0;
    double bytes = (peer.requests().size() + 1.0) * PieceLayout.BLOCK;
    return silent ? Long.MAX_VALUE / 4 : (long) (bytes * NANOS / rate);
  }
}
