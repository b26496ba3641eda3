package sluice.engine.pick;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.peer.Peer;
import sluice.engine.peer.Sender;
import sluice.engine.port.Entropy;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.PieceSet;

/**
 * The state of every piece, and the choice of the next block for a peer. Loop only.
 *
 * <p>Order of choice: a piece that is due at a time ({@link DeadlineFirst}); a free block of an
 * open piece (strict piece priority); an absent piece ({@link Beginnings}); when no block is free,
 * a block that others were asked for ({@link Endgame}).
 *
 * <p>Invariant: {@link #missingBytes} is the sum over the pieces that are wanted and not there, in
 * whatever state they are.
 */
public final class Picker {
  private final PieceLayout layout;
  private final Entropy entropy;
  private final Candidates candidates;
  private final PieceState[] states;
  private final Tally tally;
  private final Beginnings beginnings;
  private final OpenPieces open = new OpenPieces();
  private final Deadlines deadlines = new Deadlines();
  private final DeadlineFirst deadlineFirst = new DeadlineFirst(this, deadlines);
  private long serial;

  /** All pieces absent and wanted, but for those without data, which are there. */
  public Picker(PieceLayout layout, Entropy entropy) {
    this.layout = layout;
    this.entropy = entropy;
    int pieces = layout.pieceCount();
    candidates = new Candidates(pieces, entropy);
    states = new PieceState[pieces];
    tally = new Tally(layout);
    beginnings = new Beginnings(candidates, tally.have());
    Arrays.fill(states, PieceState.ABSENT);
    for (int i = 0; i < pieces; i++) {
      candidates.add(i);
      if (layout.blockCount(i) == 0) {
        got(i);
      }
    }
  }

  /** Data bytes of the verified pieces. */
  public long haveBytes() {
    return tally.haveBytes();
  }

  /** Data bytes of the pieces that are wanted and not there. */
  public long missingBytes() {
    return tally.missingBytes();
  }

  /** The verified pieces; not to be changed by others. */
  public PieceSet have() {
    return tally.have();
  }

  public PieceState state(int piece) {
    return states[piece];
  }

  /** Whether the piece is wanted and not there. */
  public boolean wants(int piece) {
    return states[piece] != PieceState.HAVE && priority(piece).isWanted();
  }

  /** How much the piece is wanted, or was until it came. */
  public Priority priority(int piece) {
    return candidates.priority(piece);
  }

  /** Whether every wanted piece is there. */
  public boolean isComplete() {
    return tally.isComplete();
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
    return candidates.count(piece);
  }

  /** A peer that is not a seed has got the piece. */
  public void peerHas(int piece) {
    candidates.increment(piece);
  }

  /** Such a peer has gone, or has become a seed. */
  public void peerLost(int piece) {
    candidates.decrement(piece);
  }

  /**
   * Changes how much a piece is wanted, in whatever state it is. Requests for an open piece that is
   * not wanted from here on have been withdrawn before. Its blocks in memory are dropped; if some
   * are on disk, or on their way there, it stays open and gets no more.
   */
  public void prioritize(int piece, Priority priority) {
    boolean before = wants(piece);
    PieceState state = states[piece];
    candidates.remove(piece);
    candidates.priority(piece, priority);
    boolean after = wants(piece);
    if (state == PieceState.ABSENT || state == PieceState.UNWANTED) {
      failed(piece);
    } else if (state == PieceState.OPEN && before != after) {
      pause(open.opened(piece), before);
    }
    if (before != after) {
      tally.missing(piece, after);
    }
    if (!after) {
      deadlines.remove(piece);
    }
  }

  /** Does not ask for a piece that is not there until {@link #unblock}; it may be wanted. */
  public void block(int piece) {
    candidates.remove(piece);
    candidates.block(piece);
  }

  /** Lets the piece be asked for. */
  public void unblock(int piece) {
    candidates.unblock(piece);
    if (states[piece] == PieceState.ABSENT) {
      candidates.add(piece);
    }
  }

  private void pause(OpenPiece piece, boolean stop) {
    piece.paused(stop);
    if (!stop) {
      open.feed(piece);
      return;
    }
    open.starve(piece);
    piece.forget();
    piece.share();
    if (!piece.isSpilling() && piece.stored().isEmpty()) {
      open.remove(piece.piece());
      failed(piece.piece());
    }
  }

  /** Chooses absent pieces from first to last, or by rarity. */
  public void sequential(boolean on) {
    beginnings.sequential(on);
  }

  /**
   * Asks for a piece that is wanted and not there to be fetched by {@code atNanos}, loop time;
   * false if too many are due already.
   */
  public boolean due(int piece, long atNanos) {
    return !wants(piece) || deadlines.set(piece, atNanos);
  }

  /** When the piece is due, if it is at a time. */
  public OptionalLong due(int piece) {
    return deadlines.of(piece);
  }

  /** Nothing is due at a time. */
  public void nothingDue() {
    deadlines.clear();
  }

  /** The next block to ask {@code peer} for; it counts as asked. */
  public Optional<Pick> next(Peer peer, boolean alone, long now) {
    if (!alone && !deadlines.isEmpty()) {
      Optional<Pick> due = deadlineFirst.next(peer, now);
      if (due.isPresent()) {
        return due;
      }
    }
    for (OpenPiece piece : open.hungry()) {
      boolean fits = piece.isFor(peer) && (piece.isExclusive() || !alone);
      if (fits && peer.mayRequest(piece.piece())) {
        return Optional.of(take(piece, peer));
      }
    }
    int fresh = beginnings.next(peer);
    if (fresh >= 0) {
      return Optional.of(begin(fresh, peer, alone));
    }
    Optional<Pick> last =
        alone || !isEndgame() ? Optional.empty() : Endgame.next(peer, open.all(), entropy);
    return last.isPresent() ? last : inSpiteOfParole(peer);
  }

  /**
   * An idle peer for which there is nothing else gets free blocks of a piece that parole keeps from
   * it: better no proof than no piece.
   */
  private Optional<Pick> inSpiteOfParole(Peer peer) {
    if (peer.requests().size() > 0 || peer.arrival() != null) {
      return Optional.empty();
    }
    for (OpenPiece piece : open.hungry()) {
      if (peer.mayRequest(piece.piece())) {
        piece.share();
        return Optional.of(take(piece, peer));
      }
    }
    return Optional.empty();
  }

  /** Notes a request for each block of {@code stretch}. */
  public Stretch asked(Stretch stretch) {
    for (int i = 0; i < stretch.pieces().size(); i++) {
      OpenPiece piece = stretch.pieces().get(i);
      for (int b = stretch.from(i); b < stretch.to(i); b++) {
        piece.ask(b, null);
      }
      open.taken(piece);
    }
    return stretch;
  }

  /** Open pieces with free blocks. */
  Iterable<OpenPiece> hungry() {
    return open.hungry();
  }

  /** Whether the piece can be begun: it is absent, wanted and not blocked. */
  public boolean mayBegin(int piece) {
    return candidates.contains(piece);
  }

  /** Whether the next piece to begin is one that only seeds have. */
  public boolean prefersUnique() {
    return beginnings.prefersUnique();
  }

  /** Whether no piece is left to begin, so that blocks are asked of more than one. */
  boolean isEndgame() {
    return candidates.isEmpty();
  }

  /** The same as {@link #unask(int, int)}, if {@code piece} is still open. */
  public void unask(OpenPiece piece, int block) {
    if (isOpen(piece)) {
      unask(piece.piece(), block);
    }
  }

  /** Whether {@code piece} is open, and not given up or full. */
  public boolean isOpen(OpenPiece piece) {
    return open.isOpen(piece);
  }

  /** Takes a free block of {@code piece}. */
  Pick take(OpenPiece piece, Peer peer) {
    int block = piece.takeFree(peer);
    open.taken(piece);
    return new Pick(piece.piece(), block);
  }

  /** Opens an absent piece, for {@code peer} {@code alone} or for all, and takes a block. */
  Pick begin(int piece, Peer peer, boolean alone) {
    return take(open(piece, alone ? Sender.of(peer) : null), peer);
  }

  /** Opens an absent piece; {@code exclusive}, if given, fetches it alone. */
  public OpenPiece open(int piece, @Nullable Sender exclusive) {
    candidates.remove(piece);
    states[piece] = PieceState.OPEN;
    OpenPiece opened = new OpenPiece(piece, serial++, layout.blockCount(piece), exclusive);
    open.add(opened);
    return opened;
  }

  /** Opens an absent or wrong piece of which {@code known} tells the blocks that are on disk. */
  public OpenPiece reopen(int piece, Consumer<OpenPiece> known) {
    OpenPiece opened = open(piece, null);
    known.accept(opened);
    open.taken(opened);
    return opened;
  }

  /** The number of the next piece that is opened; see {@link OpenPiece#serial}. */
  public long nextSerial() {
    return serial;
  }

  /** A piece that is open. */
  OpenPiece opened(int piece) {
    return open.opened(piece);
  }

  /** The piece if it is open, otherwise null. */
  public @Nullable OpenPiece openPiece(int piece) {
    return open.get(piece);
  }

  /** All open pieces, oldest first. */
  public Iterable<OpenPiece> openPieces() {
    return open.all();
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
        failed(piece);
      } else {
        open.feed(at);
      }
    }
  }

  /** Lets others fetch what {@code source} was to fetch alone. */
  public void share(Sender source) {
    open.all().forEach(piece -> piece.share(source));
  }

  /** The piece is full and goes to be verified; it stays known to the caller only. */
  public void committing(OpenPiece piece) {
    open.remove(piece.piece());
    states[piece.piece()] = PieceState.COMMITTING;
  }

  /** The piece was wrong, could not be written or was given up: it is absent again. */
  public void failed(int piece) {
    boolean wanted = priority(piece).isWanted();
    states[piece] = wanted ? PieceState.ABSENT : PieceState.UNWANTED;
    if (wanted) {
      candidates.add(piece);
    }
  }

  /** The piece is verified and written, or was found so. */
  public void got(int piece) {
    PieceState state = states[piece];
    if (state == PieceState.OPEN || state == PieceState.HAVE) {
      throw new IllegalStateException("piece " + piece + ": " + state);
    }
    candidates.remove(piece);
    if (wants(piece)) {
      tally.missing(piece, false);
    }
    states[piece] = PieceState.HAVE;
    tally.got(piece);
    deadlines.remove(piece);
  }

  /** The piece was there, and is not any more. */
  public void lost(int piece) {
    if (states[piece] != PieceState.HAVE) {
      throw new IllegalStateException("piece " + piece + ": " + states[piece]);
    }
    tally.lost(piece);
    failed(piece);
    if (wants(piece)) {
      tally.missing(piece, true);
    }
  }

  /** Gives up all open pieces and their memory. */
  public void discard() {
    for (OpenPiece piece : open.all()) {
      piece.discard();
      failed(piece.piece());
    }
    open.clear();
  }
}
