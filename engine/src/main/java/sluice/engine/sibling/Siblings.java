package sluice.engine.sibling;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import sluice.engine.peer.BlockBudget;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.pick.PieceState;
import sluice.engine.pick.Stretch;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Storage;
import sluice.protocol.address.Endpoint;
import sluice.protocol.metainfo.Info;

/**
 * The siblings of a torrent: those that lend to it and those it lends to. Pieces that a lender has
 * are kept from peers and brought a few at a time; a piece that comes out wrong is left to peers.
 * Loop only.
 */
public final class Siblings implements Loan.Owner {
  /** Most lenders at a time. */
  static final int MAX_LENDERS = 16;

  /** Most borrowers at a time. */
  static final int MAX_BORROWERS = 64;

  /** Most pieces that are read or verified at a time, if they have few bytes. */
  private static final int MAX_LOANS = 16;

  /** Bytes of started pieces from which on no more is begun. */
  private static final int MAX_BYTES = 8 << 20;

  /** Wrong pieces after which a lender is left alone. */
  private static final int MAX_BAD = 8;

  private static final long LOOK_NANOS = 1_000_000_000L;

  /**
   * After so many looks, what lenders have is looked through even if it is the same as before, and
   * their peers are told.
   */
  private static final int LOOKS = 10;

  private static final System.Logger LOG = System.getLogger("sluice.engine");

  private final Parts parts;
  private final List<Source> sources = new ArrayList<>();
  private final List<Lender> lent = new ArrayList<>();
  private final List<Loan> loans = new ArrayList<>();

  /** Pieces that are kept from peers, and not begun. */
  private final BitSet waiting = new BitSet();

  /** Pieces of loans whose outcome is not known, with their sources. */
  private final Map<Integer, Source> begun = new LinkedHashMap<>();

  /** Pieces that peers complete. */
  private final BitSet mixed = new BitSet();

  /** Pieces that came out wrong. */
  private final BitSet spoiled = new BitSet();

  private long lookedNanos;
  private int looks;
  private boolean open;
  private boolean filling;
  private boolean closed;

  /**
   * What siblings work with.
   *
   * @param info of the torrent
   * @param storage of the torrent
   * @param peers where the torrent's peers accept connections
   */
  public record Parts(
      Loop loop,
      Info info,
      Storage storage,
      Picker picker,
      BlockBudget budget,
      Supplier<List<Endpoint>> peers,
      Borrower borrower) {}

  public Siblings(Parts parts) {
    this.parts = parts;
  }

  /** Where the torrent's files are, see {@link Storage#paths}. */
  public List<String> paths() {
    return parts.storage().paths();
  }

  /** Lends what there is and what will come, until it is closed; empty if nothing more is lent. */
  public Optional<Lender> lend() {
    if (closed || lent.size() >= MAX_BORROWERS) {
      return Optional.empty();
    }
    Lender[] made = new Lender[1];
    made[0] =
        new Lender(
            parts.info(),
            parts.picker().have(),
            parts.storage(),
            true,
            parts.peers(),
            () -> lent.remove(made[0]));
    lent.add(made[0]);
    return Optional.of(made[0]);
  }

  /** Whether somebody waits for pieces that it lends. */
  public boolean isLending() {
    return lent.stream().anyMatch(Lender::isWanted);
  }

  /** The torrent's files are made: pieces may be brought from here on. */
  public void begin() {
    open = true;
    fill();
  }

  /** Borrows from {@code lender}, which is closed when it is of no use. */
  public void borrow(Lender lender) {
    sources.stream()
        .filter(s -> s.lender().sender().equals(lender.sender()))
        .findFirst()
        .ifPresent(this::drop);
    Source source = new Source(lender, parts.info());
    if (closed || source.isVain() || sources.size() >= MAX_LENDERS) {
      lender.close();
      return;
    }
    sources.add(source);
    lender.wanted(() -> !waiting.isEmpty() || !begun.isEmpty());
    look(source);
    fill();
  }

  /** Pieces that are kept from peers because a sibling has them. */
  public int waiting() {
    return waiting.cardinality();
  }

  /** A tenth of a second has passed while pieces are wanted. */
  public void pump() {
    if (sources.isEmpty()) {
      return;
    }
    if (parts.loop().now() - lookedNanos >= LOOK_NANOS) {
      lookedNanos = parts.loop().now();
      List.copyOf(sources).stream().filter(s -> s.lender().isClosed()).forEach(this::drop);
      boolean all = looks++ % LOOKS == 0;
      sources.stream().filter(s -> s.hasMore() || all).forEach(this::look);
      if (all && !parts.info().isPrivate()) {
        sources.forEach(s -> parts.borrower().onPeers(s.lender().peers()));
      }
    }
    List.copyOf(loans).forEach(Loan::drive);
    fill();
    releaseUseless();
  }

  /** Keeps what {@code source} has from peers. */
  private void look(Source source) {
    source.each(piece -> {
      boolean free = parts.picker().mayBegin(piece) && !spoiled.get(piece);
      if (free && source.place(piece).isPresent()) {
        parts.picker().block(piece);
        waiting.set(piece);
      }
    });
  }

  private void fill() {
    if (!open || closed || filling) {
      return;
    }
    filling = true;
    for (int i = waiting.nextSetBit(0); i >= 0 && mayBegin(); i = waiting.nextSetBit(i + 1)) {
      if (parts.picker().wants(i)) {
        begin(i);
      }
    }
    filling = false;
  }

  private boolean mayBegin() {
    long bytes = 0;
    for (int piece : begun.keySet()) {
      bytes += parts.info().layout().pieceDataSize(piece);
    }
    return begun.size() < MAX_LOANS && bytes < MAX_BYTES && !parts.budget().isShort();
  }

  private void begin(int piece) {
    waiting.clear(piece);
    for (Source source : sources) {
      Optional<Source.Place> place =
          source.lender().isClosed() ? Optional.empty() : source.place(piece);
      if (place.isPresent()) {
        begin(piece, source, place.get());
        return;
      }
    }
    parts.picker().unblock(piece);
  }

  private void begin(int piece, Source source, Source.Place place) {
    Picker picker = parts.picker();
    OpenPiece open = picker.open(piece, place.isWhole() ? source.lender().sender() : null);
    picker.asked(new Stretch(List.of(open), 0, place.blocks()));
    picker.unblock(piece);
    begun.put(piece, source);
    mixed.set(piece, !place.isWhole());
    Loan loan = new Loan(parts, source, open, place, this);
    loans.add(loan);
    loan.drive();
  }

  @Override
  public void onOver(Loan loan) {
    loans.remove(loan);
    if (parts.picker().state(loan.piece()) != PieceState.COMMITTING) {
      begun.remove(loan.piece());
    }
    fill();
  }

  @Override
  public void onUnreadable(Source source, int piece, Fault fault) {
    if (source.lacks(piece)) {
      LOG.log(System.Logger.Level.INFO, "a sibling cannot be read: {0}", fault.detail());
      free();
      sources.forEach(this::look);
    }
  }

  /** The piece was verified, whoever brought it. */
  public void onOutcome(int piece, boolean good) {
    Source source = begun.remove(piece);
    if (!good && (source != null || mixed.get(piece))) {
      spoiled.set(piece);
      if (source != null && source.bad() == 1) {
        LOG.log(
            System.Logger.Level.WARNING,
            "data of the torrent {0} are not what they were when they were verified; check them",
            source.lender().info().name());
      }
      if (source != null && source.badPieces() >= MAX_BAD) {
        drop(source);
      }
    }
    mixed.clear(piece);
    fill();
  }

  private void drop(Source source) {
    sources.remove(source);
    loans.stream().filter(l -> l.source() == source).toList().forEach(Loan::giveUp);
    source.lender().close();
    free();
    sources.forEach(this::look);
  }

  private void free() {
    waiting.stream().forEach(parts.picker()::unblock);
    waiting.clear();
  }

  /** Lenders that get nothing more are closed when they have given what they can. */
  private void releaseUseless() {
    if (waiting.isEmpty() && begun.isEmpty() && loans.isEmpty()) {
      sources.stream().filter(s -> !s.lender().grows()).toList().forEach(this::drop);
    }
  }

  /** Ends all for good, on both sides. */
  public void close() {
    closed = true;
    List.copyOf(loans).forEach(Loan::giveUp);
    List.copyOf(sources).forEach(this::drop);
    List.copyOf(lent).forEach(Lender::close);
  }
}
