package sluice.engine.sibling;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.pick.OpenPiece;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.PieceLayout;

/**
 * One piece, or the front of one, on its way from a lender: some blocks are read, with memory that
 * was promised before, then the next. Loop only.
 */
final class Loan implements Storage.ReadHandler {
  /** Most blocks that are read at a time: 1 MiB. */
  private static final int MAX_READ = 64;

  /** A lender that does not answer for so long is on a disk that hangs. */
  private static final long STALL_NANOS = 20_000_000_000L;

  private static final int MAX_SLICE_BYTES = 8 * PieceLayout.BLOCK;

  private final Siblings.Parts parts;
  private final Source source;
  private final OpenPiece piece;
  private final Source.Place place;
  private final Owner owner;
  private int next;
  private int reading;
  private long askedNanos;
  private boolean over;

  /** Who started it. */
  interface Owner {
    /** All blocks were delivered, or the rest was given up. */
    void onOver(Loan loan);

    /** The lender cannot be read there. */
    void onUnreadable(Source source, int piece, Fault fault);
  }

  Loan(Siblings.Parts parts, Source source, OpenPiece piece, Source.Place place, Owner owner) {
    this.parts = parts;
    this.source = source;
    this.piece = piece;
    this.place = place;
    this.owner = owner;
  }

  Source source() {
    return source;
  }

  int piece() {
    return piece.piece();
  }

  Source.Place place() {
    return place;
  }

  /** Reads on, if it can. */
  void drive() {
    if (over) {
      return;
    }
    if (reading > 0) {
      if (parts.loop().now() - askedNanos > STALL_NANOS) {
        giveUp();
        owner.onUnreadable(source, piece.piece(), new Fault(Fault.Kind.TIMEOUT, "no answer"));
      }
      return;
    }
    if (source.lender().isClosed() || !parts.picker().isOpen(piece)) {
      giveUp();
      return;
    }
    int most = Math.min(MAX_READ, place.blocks() - next);
    while (reading < most && parts.budget().reserveReceive()) {
      reading++;
    }
    if (reading == 0) {
      parts.borrower().onMemoryShort();
    } else {
      askedNanos = parts.loop().now();
      source.lender().storage().read(slices(next, next + reading), this);
    }
  }

  /** The blocks {@code from} to {@code to} in the lender's pieces, of which none has too much. */
  private List<Storage.Slice> slices(int from, int to) {
    PieceLayout theirs = source.lender().info().layout();
    PieceLayout ours = parts.info().layout();
    List<Storage.Slice> slices = new ArrayList<>();
    int b = from;
    while (b < to) {
      long at = place.origin() + (long) b * PieceLayout.BLOCK;
      int begin = (int) (at % theirs.pieceLength());
      int length = ours.blockLength(piece.piece(), b++);
      while (b < to
          && length < MAX_SLICE_BYTES
          && begin + length + PieceLayout.BLOCK <= theirs.pieceLength()) {
        length += ours.blockLength(piece.piece(), b++);
      }
      slices.add(new Storage.Slice((int) (at / theirs.pieceLength()), begin, length));
    }
    return slices;
  }

  @Override
  public void onRead(List<List<Block>> blocks) {
    endRead();
    for (Block memory : blocks.stream().flatMap(List::stream).toList()) {
      if (over) {
        memory.release();
      } else {
        parts.borrower().onLent(source.lender().sender(), piece, next++, memory);
      }
    }
    if (next < place.blocks()) {
      drive();
    } else if (!over) {
      over = true;
      owner.onOver(this);
    }
  }

  @Override
  public void onFault(Fault fault) {
    endRead();
    if (over || fault.kind() == Fault.Kind.NO_SPACE) {
      return;
    }
    giveUp();
    owner.onUnreadable(source, piece.piece(), fault);
  }

  private void endRead() {
    for (int i = 0; i < reading; i++) {
      parts.budget().cancelReceive();
    }
    reading = 0;
  }

  /** Ends it; what was not delivered may be asked of others. */
  void giveUp() {
    if (over) {
      return;
    }
    over = true;
    for (int b = next; b < place.blocks(); b++) {
      parts.picker().unask(piece, b);
    }
    parts.picker().share(source.lender().sender());
    owner.onOver(this);
  }
}
