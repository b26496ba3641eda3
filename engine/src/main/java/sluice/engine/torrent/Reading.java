package sluice.engine.torrent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import sluice.engine.peer.BlockBudget;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Storage;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Reads of the data by the program itself, such as for a player. Each waits until its piece is
 * verified and there is memory for it; at most {@link #MAX_WAITING} do. Loop only.
 */
public final class Reading {
  /** Most bytes of one read. */
  public static final int MAX_BYTES = 1 << 17;

  /** Most reads that wait. */
  public static final int MAX_WAITING = 1_024;

  private static final Fault ENDED = new Fault(Fault.Kind.CLOSED, "the torrent has stopped");

  private final PieceLayout layout;
  private final IntPredicate sound;
  private final Storage storage;
  private final BlockBudget budget;
  private final List<Wish> waiting = new ArrayList<>();
  private boolean ended;

  Reading(PieceLayout layout, IntPredicate sound, Storage storage, BlockBudget budget) {
    this.layout = layout;
    this.sound = sound;
    this.storage = storage;
    this.budget = budget;
  }

  /**
   * A read.
   *
   * @param slice inside one piece, as {@link Storage.Slice} says
   * @param isGivenUp whether nobody waits for it any more
   * @param bytes is given what was read
   * @param told called once after that, with what went wrong if it did
   */
  public record Wish(
      Storage.Slice slice,
      BooleanSupplier isGivenUp,
      Consumer<ByteBuffer> bytes,
      Consumer<Optional<Fault>> told) {}

  /** Reads as soon as possible; false if too many wait, or there are no such bytes. */
  public boolean add(Wish wish) {
    if (!isThere(wish.slice())) {
      return false;
    }
    waiting.removeIf(each -> each.isGivenUp().getAsBoolean());
    if (ended || waiting.size() >= MAX_WAITING) {
      return false;
    }
    if (!mayStart(wish)) {
      waiting.add(wish);
    }
    return true;
  }

  private boolean isThere(Storage.Slice slice) {
    return layout.isPiece(slice.piece())
        && slice.begin() >= 0
        && slice.length() > 0
        && slice.length() <= MAX_BYTES
        && slice.begin() <= layout.pieceSize(slice.piece()) - slice.length();
  }

  /** Something may have come, or memory may be free. */
  void pump() {
    for (Iterator<Wish> i = waiting.iterator(); i.hasNext(); ) {
      Wish wish = i.next();
      if (wish.isGivenUp().getAsBoolean() || mayStart(wish)) {
        i.remove();
      }
    }
  }

  /** The run ends: what waits has waited in vain. */
  void end() {
    ended = true;
    List<Wish> all = List.copyOf(waiting);
    waiting.clear();
    all.forEach(wish -> wish.told().accept(Optional.of(ENDED)));
  }

  private boolean mayStart(Wish wish) {
    int blocks = (wish.slice().length() + PieceLayout.BLOCK - 1) / PieceLayout.BLOCK;
    if (!sound.test(wish.slice().piece()) || !budget.reserveRead(blocks)) {
      return false;
    }
    storage.read(List.of(wish.slice()), new Answer(wish, blocks));
    return true;
  }

  /** Hands over what was read. */
  private final class Answer implements Storage.ReadHandler {
    private final Wish wish;
    private final int blocks;

    Answer(Wish wish, int blocks) {
      this.wish = wish;
      this.blocks = blocks;
    }

    @Override
    public void onRead(List<List<Block>> read) {
      budget.endRead(blocks);
      ByteBuffer bytes = ByteBuffer.allocate(wish.slice().length());
      for (Block block : read.getFirst()) {
        ByteBuffer part = block.bytes();
        bytes.put(part.limit(Math.min(part.limit(), bytes.remaining())));
        block.release();
      }
      wish.bytes().accept(bytes.flip());
      wish.told().accept(Optional.empty());
    }

    @Override
    public void onFault(Fault fault) {
      budget.endRead(blocks);
      if (fault.kind() == Fault.Kind.NO_SPACE && !ended) {
        waiting.add(wish);
      } else {
        wish.told().accept(Optional.of(ended ? ENDED : fault));
      }
    }
  }
}
