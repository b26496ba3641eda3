package sluice.engine.pick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.Arrival;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Sender;
import sluice.engine.port.Entropy;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/**
 * The state of every piece, and the choice of the next block for a peer. Loop only.
 *
 * <p>Order of choice: a free block of an open piece (strict piece priority); the rarest absent
 * piece, a random one while few pieces are there; in the endgame, when no block is free, a block
 * that others were asked for; a snubbed peer is not asked then, as it would take the place of one
 * that answers.
 */
public final class Picker {
  /** Below this many pieces, new ones are chosen at random. */
  private static final int RANDOM_FIRST = 4;

  /** Most open requests of a peer that takes part in the endgame. */
  private static final int ENDGAME_WINDOW = 8;

  /** Most peers that one block is asked of. */
  static final int ENDGAME_COPIES = 2;

  private final PieceLayout layout;
  private final Entropy entropy;
  private final RarestFirst order;
  private final PieceState[] states;
  private final PieceSet have;

  /** Pieces that must not be asked for: an absent piece is in the order unless it is in here. */
  private final BitSet blocked = new BitSet();

  private final Map<Integer, OpenPiece> open = new LinkedHashMap<>();
  private final Map<Integer, OpenPiece> hungry = new LinkedHashMap<>();
  private long serial;
  private int missing;
  private long haveBytes;
  private long missingBytes;

  /** All pieces absent and wanted, but for those without data, which are there. */
  public Picker(PieceLayout layout, Entropy entropy) {
    this.layout = layout;
    this.entropy = entropy;
    int pieces = layout.pieceCount();
    order = new RarestFirst(pieces, entropy);
    states = new PieceState[pieces];
    have = new PieceSet(pieces);
    Arrays.fill(states, PieceState.ABSENT);
    for (int i = 0; i < pieces; i++) {
      order.add(i);
    }
    missing = pieces;
    missingBytes = layout.dataLength();
    for (int i = 0; i < pieces; i++) {
      if (layout.blockCount(i) == 0) {
        got(i);
      }
    }
  }

  /** Data bytes of the verified pieces. */
  public long haveBytes() {
    return haveBytes;
  }

  /** Data bytes of the pieces that are wanted and not there. */
  public long missingBytes() {
    return missingBytes;
  }

  /** The verified pieces; not to be changed by others. */
  public PieceSet have() {
    return have;
  }

  public PieceState state(int piece) {
    return states[piece];
  }

  /** Whether the piece is wanted and not there. */
  public boolean wants(int piece) {
    return switch (states[piece]) {
      case ABSENT, OPEN, COMMITTING -> true;
      case HAVE, UNWANTED -> false;
    };
  }

  /** Whether every wanted piece is there. */
  public boolean isComplete() {
    return missing == 0;
  }

  /** How many of {@code pieces} are wanted and not there. */
  public int wanted(PieceSet pieces) {
    int n = 0;
    for (int i = pieces.nextSet(0); i >= 0; i = pieces.nextSet(i + 1)) {
      if (wants(i)) {
        n++;
      }
    }
    return n;
  }

  /** Peers that are not seeds and have the piece. */
  public int availability(int piece) {
    return order.count(piece);
  }

  /** A peer that is not a seed has got the piece. */
  public void peerHas(int piece) {
    order.increment(piece);
  }

  /** Such a peer has gone, or has become a seed. */
  public void peerLost(int piece) {
    order.decrement(piece);
  }

  /** Stops wanting an absent piece. */
  public void unwant(int piece) {
    if (states[piece] == PieceState.ABSENT) {
      withdraw(piece);
      states[piece] = PieceState.UNWANTED;
      missing--;
      missingBytes -= layout.pieceDataBytes(piece);
    }
  }

  /** Does not ask for an absent piece until {@link #unblock}; it is wanted nevertheless. */
  public void block(int piece) {
    if (states[piece] == PieceState.ABSENT && !blocked.get(piece)) {
      order.remove(piece);
      blocked.set(piece);
    }
  }

  /** Lets the piece be asked for. */
  public void unblock(int piece) {
    if (blocked.get(piece)) {
      blocked.clear(piece);
      if (states[piece] == PieceState.ABSENT) {
        order.add(piece);
      }
    }
  }

  private void withdraw(int piece) {
    if (!blocked.get(piece)) {
      order.remove(piece);
    }
  }

  /** The next block to ask {@code peer} for; it counts as asked. */
  public Optional<Pick> next(Peer peer, boolean alone) {
    for (OpenPiece piece : hungry.values()) {
      boolean fits = piece.isFor(peer) && (piece.isExclusive() || !alone);
      if (fits && peer.mayRequest(piece.piece())) {
        return Optional.of(take(piece));
      }
    }
    int fresh = fresh(peer);
    if (fresh >= 0) {
      return Optional.of(take(open(fresh, alone ? Sender.of(peer) : null)));
    }
    Optional<Pick> last = alone ? Optional.empty() : endgame(peer);
    return last.isPresent() ? last : inSpiteOfParole(peer);
  }

  /** An absent piece for {@code peer}, or -1; a search in vain is not repeated. */
  private int fresh(Peer peer) {
    if (peer.foundNothing(order.additions())) {
      return -1;
    }
    IntPredicate may = peer::mayRequest;
    int piece = have.count() < RANDOM_FIRST ? order.random(may) : order.rarest(may);
    if (piece < 0) {
      peer.findsNothing(order.additions());
    }
    return piece;
  }

  /**
   * An idle peer for which there is nothing else gets free blocks of a piece that parole keeps from
   * it: better no proof than no piece.
   */
  private Optional<Pick> inSpiteOfParole(Peer peer) {
    if (peer.requests().size() > 0 || peer.arrival() != null) {
      return Optional.empty();
    }
    for (OpenPiece piece : hungry.values()) {
      if (peer.mayRequest(piece.piece())) {
        piece.share();
        return Optional.of(take(piece));
      }
    }
    return Optional.empty();
  }

  /** Notes a request for each block of {@code stretch}. */
  Stretch asked(Stretch stretch) {
    for (int i = 0; i < stretch.pieces().size(); i++) {
      OpenPiece piece = stretch.pieces().get(i);
      for (int b = stretch.from(i); b < stretch.to(i); b++) {
        piece.ask(b);
      }
      if (!piece.hasFree()) {
        hungry.remove(piece.piece());
      }
    }
    return stretch;
  }

  /** Open pieces with free blocks. */
  Iterable<OpenPiece> hungry() {
    return hungry.values();
  }

  /** Whether no piece is absent, so that blocks are asked of more than one. */
  boolean isEndgame() {
    return order.isEmpty();
  }

  /** The same as {@link #unask(int, int)}, if {@code piece} is still open. */
  public void unask(OpenPiece piece, int block) {
    if (isOpen(piece)) {
      unask(piece.piece(), block);
    }
  }

  /** Whether {@code piece} is open, and not given up or full. */
  public boolean isOpen(OpenPiece piece) {
    return open.get(piece.piece()) == piece;
  }

  private Pick take(OpenPiece piece) {
    int block = piece.takeFree();
    if (!piece.hasFree()) {
      hungry.remove(piece.piece());
    }
    return new Pick(piece.piece(), block);
  }

  /** Opens an absent piece. */
  OpenPiece open(int piece, @Nullable Sender exclusive) {
    order.remove(piece);
    states[piece] = PieceState.OPEN;
    OpenPiece opened = new OpenPiece(piece, serial++, layout.blockCount(piece), exclusive);
    open.put(piece, opened);
    hungry.put(piece, opened);
    return opened;
  }

  private Optional<Pick> endgame(Peer peer) {
    boolean early = !order.isEmpty();
    if (early || peer.snubbed() || peer.requests().size() >= ENDGAME_WINDOW) {
      return Optional.empty();
    }
    List<Pick> choices = new ArrayList<>();
    for (OpenPiece piece : open.values()) {
      if (piece.isExclusive() || !peer.mayRequest(piece.piece())) {
        continue;
      }
      for (int b = 0; b < piece.blocks(); b++) {
        boolean shared = piece.asked(b) > 0 && piece.asked(b) < ENDGAME_COPIES;
        if (shared && !piece.isReceived(b) && !isAsked(peer, piece.piece(), b)) {
          choices.add(new Pick(piece.piece(), b));
        }
      }
    }
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    Pick pick = choices.get(entropy.nextInt(choices.size()));
    Objects.requireNonNull(open.get(pick.piece())).ask(pick.block());
    return Optional.of(pick);
  }

  /** Whether {@code peer} was asked for the block, which may be arriving. */
  private static boolean isAsked(Peer peer, int piece, int block) {
    Arrival arrival = peer.arrival();
    return peer.requests().contains(piece, block)
        || (arrival != null
            && arrival.request().piece() == piece
            && arrival.request().block() == block);
  }

  /** The piece if it is open, otherwise null. */
  public @Nullable OpenPiece openPiece(int piece) {
    return open.get(piece);
  }

  /** All open pieces, oldest first. */
  public Iterable<OpenPiece> openPieces() {
    return open.values();
  }

  /**
   * A request for the block has ended without the block. A piece that was all in vain is absent
   * again, so that peers that come and go leave no trail of open pieces.
   */
  public void unask(int piece, int block) {
    OpenPiece at = open.get(piece);
    if (at != null) {
      at.unask(block);
      if (at.isUntouched()) {
        open.remove(piece);
        hungry.remove(piece);
        failed(piece);
      } else if (at.hasFree()) {
        hungry.put(piece, at);
      }
    }
  }

  /** Lets others fetch what {@code source} was to fetch alone. */
  public void share(Sender source) {
    open.values().forEach(piece -> piece.share(source));
  }

  /** The piece is full and goes to be verified; it stays known to the caller only. */
  public void committing(OpenPiece piece) {
    open.remove(piece.piece());
    hungry.remove(piece.piece());
    states[piece.piece()] = PieceState.COMMITTING;
  }

  /** The piece was wrong, or could not be written: it is absent again. */
  public void failed(int piece) {
    states[piece] = PieceState.ABSENT;
    order.add(piece);
  }

  /** The piece is verified and written, or was found so. */
  public void got(int piece) {
    int bytes = layout.pieceDataBytes(piece);
    switch (states[piece]) {
      case ABSENT -> {
        withdraw(piece);
        missing--;
        missingBytes -= bytes;
      }
      case COMMITTING -> {
        missing--;
        missingBytes -= bytes;
      }
      case UNWANTED -> {}
      case OPEN, HAVE -> throw new IllegalStateException("piece " + piece + ": " + states[piece]);
    }
    haveBytes += bytes;
    states[piece] = PieceState.HAVE;
    have.set(piece);
  }

  /** Gives up all open pieces and their memory. */
  public void discard() {
    for (OpenPiece piece : open.values()) {
      piece.discard();
      states[piece.piece()] = PieceState.ABSENT;
      order.add(piece.piece());
    }
    open.clear();
    hungry.clear();
  }
}
