package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.engine.pick.OpenPiece;
import sluice.engine.pick.Picker;
import sluice.engine.pick.PieceState;

/**
 * Keeps what was received of pieces that are not complete, over a stop and over a crash: large
 * pieces on slow lines take minutes. Blocks of a piece that takes long are written to their places
 * in the files, and what is there is told for the record. They count as received in the next run
 * and are verified with their piece, never before. A piece that completes soon is not touched. Loop
 * only.
 */
final class Unfinished implements Checkpoint.Begun {
  /** So often the blocks of pieces that were open the last time are written. */
  static final long INTERVAL_NANOS = 5_000_000_000L;

  /** Most blocks that are kept of one torrent: 1 GiB. */
  static final int MAX_BLOCKS = 65_536;

  private final Picker picker;
  private final Intake intake;

  /** Of earlier runs, as far as it is not open. */
  private final Map<Integer, BitSet> earlier = new LinkedHashMap<>();

  /** What was open at the end. */
  private final List<OpenPiece> last = new ArrayList<>();

  /** Pieces with a smaller number were open the last time. */
  private long oldBelow;

  private long writtenNanos;

  /** Whether pieces may be fetched. */
  private boolean begun;

  Unfinished(Picker picker, Intake intake, long now) {
    this.picker = picker;
    this.intake = intake;
    this.writtenNanos = now;
  }

  /** Blocks of earlier runs that are on disk. */
  void before(Map<Integer, BitSet> blocks) {
    earlier.putAll(blocks);
  }

  /** The data were looked at, and pieces may be fetched: opens those that were begun. */
  void begin() {
    begun = true;
    wanted();
  }

  /** More may be wanted than before: opens what was begun of it. */
  void wanted() {
    List.copyOf(earlier.keySet()).forEach(this::wanted);
  }

  /** The piece may be begun: opens it if it was. */
  void wanted(int piece) {
    if (begun && piece < picker.have().size() && picker.mayBegin(piece)) {
      BitSet blocks = earlier.remove(piece);
      if (blocks != null) {
        intake.resume(piece, blocks);
      }
    }
  }

  @Override
  public void tick(long now) {
    if (now - writtenNanos < INTERVAL_NANOS) {
      return;
    }
    writtenNanos = now;
    for (OpenPiece piece : picker.openPieces()) {
      if (piece.serial() < oldBelow) {
        intake.store(piece);
      }
    }
    oldBelow = picker.nextSerial();
  }

  /** The open pieces are given up because of a fault: what is on disk of them stays known. */
  void fault() {
    begun = false;
    picker.openPieces().forEach(last::add);
  }

  /** The last moment before the open pieces are given up: writes what there is of them. */
  void end() {
    begun = false;
    for (OpenPiece piece : picker.openPieces()) {
      intake.store(piece);
      last.add(piece);
    }
  }

  @Override
  public long version() {
    return intake.stored();
  }

  @Override
  public Map<Integer, BitSet> blocks() {
    Map<Integer, BitSet> blocks = new LinkedHashMap<>();
    int left = MAX_BLOCKS;
    for (Map.Entry<Integer, BitSet> piece : earlier.entrySet()) {
      left -= put(piece.getKey(), piece.getValue(), left, blocks);
    }
    for (OpenPiece piece : picker.openPieces()) {
      left -= put(piece.piece(), piece.stored(), left, blocks);
    }
    for (OpenPiece piece : intake.verifying()) {
      left -= put(piece.piece(), piece.stored(), left, blocks);
    }
    for (OpenPiece piece : intake.doubted()) {
      BitSet all = new BitSet();
      all.set(0, piece.blocks());
      left -= put(piece.piece(), all, left, blocks);
    }
    for (OpenPiece piece : last) {
      left -= put(piece.piece(), piece.stored(), left, blocks);
    }
    return blocks;
  }

  private int put(int piece, BitSet stored, int left, Map<Integer, BitSet> blocks) {
    boolean missing =
        piece < picker.have().size() && picker.state(piece) != PieceState.HAVE && !stored.isEmpty();
    if (!missing || stored.length() > left) {
      return 0;
    }
    blocks.put(piece, (BitSet) stored.clone());
    return stored.length();
  }
}
