package sluice.engine.pick;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pieces that are open, oldest first, and those of them that have free blocks. Loop only.
 *
 * <p>Invariant: a hungry piece is open, has a free block, and is not paused.
 */
final class OpenPieces {
  private final Map<Integer, OpenPiece> open = new LinkedHashMap<>();
  private final Map<Integer, OpenPiece> hungry = new LinkedHashMap<>();

  /** All open pieces, oldest first. */
  Iterable<OpenPiece> all() {
    return open.values();
  }

  /** Those with free blocks. */
  Iterable<OpenPiece> hungry() {
    return hungry.values();
  }

  /** The piece if it is open, otherwise null. */
  @Nullable OpenPiece get(int piece) {
    return open.get(piece);
  }

  /** A piece that is open. */
  OpenPiece opened(int piece) {
    return Objects.requireNonNull(open.get(piece), "the piece is not open");
  }

  /** Whether {@code piece} is open, and not given up or full. */
  boolean isOpen(OpenPiece piece) {
    return open.get(piece.piece()) == piece;
  }

  void add(OpenPiece piece) {
    open.put(piece.piece(), piece);
    feed(piece);
  }

  void remove(int piece) {
    open.remove(piece);
    hungry.remove(piece);
  }

  /** A block of {@code piece} may have become free. */
  void feed(OpenPiece piece) {
    if (piece.hasFree() && !piece.isPaused()) {
      hungry.put(piece.piece(), piece);
    }
  }

  /** Blocks of {@code piece} were asked for. */
  void taken(OpenPiece piece) {
    if (!piece.hasFree()) {
      hungry.remove(piece.piece());
    }
  }

  /** Nobody is to be asked for {@code piece}. */
  void starve(OpenPiece piece) {
    hungry.remove(piece.piece());
  }

  void clear() {
    open.clear();
    hungry.clear();
  }
}
