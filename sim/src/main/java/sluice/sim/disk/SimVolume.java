package sluice.sim.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.Chance;

/**
 * What one host has on disk of one torrent. It outlives processes; what was not forced to the
 * device may be lost with one.
 */
public final class SimVolume {
  private static final byte FLIP = 0x55;

  private final SimContent.Pieces truth;
  private final byte[] @Nullable [] stored;
  private final Map<Integer, Optional<byte[]>> forced = new LinkedHashMap<>();
  private final BitSet lying = new BitSet();

  private SimVolume(SimContent.Pieces truth) {
    this.truth = truth;
    this.stored = new byte[truth.layout().pieceCount()][];
  }

  /** A volume with nothing on it. */
  public static SimVolume empty(SimContent.Pieces truth) {
    return new SimVolume(truth);
  }

  /** A volume with everything on it. */
  public static SimVolume full(SimContent.Pieces truth) {
    SimVolume volume = new SimVolume(truth);
    for (int piece = 0; piece < volume.stored.length; piece++) {
      volume.put(piece);
    }
    return volume;
  }

  /** How the torrent is cut. */
  public PieceLayout layout() {
    return truth.layout();
  }

  /** Puts the true bytes of {@code piece} here. */
  public void put(int piece) {
    stored[piece] = truth.piece(piece);
  }

  /** Changes the first byte of each file in {@code piece}, and the first of each block in it. */
  public void corrupt(int piece) {
    byte[] bytes = read(piece).clone();
    for (PieceLayout.Span span : layout().spans(piece, 0, bytes.length)) {
      for (int at = 0; at < span.length(); at += PieceLayout.BLOCK) {
        bytes[span.at() + at] ^= FLIP;
      }
    }
    stored[piece] = bytes;
  }

  /** Changes {@code piece} as {@link #corrupt}, and lets checks find it good. */
  public void lie(int piece) {
    corrupt(piece);
    lying.set(piece);
  }

  /** Whether every piece is exactly the truth. */
  public boolean isTrue() {
    for (int piece = 0; piece < stored.length; piece++) {
      if (!isTrue(piece)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code piece} is exactly the truth. */
  public boolean isTrue(int piece) {
    return Arrays.equals(stored[piece], truth.piece(piece));
  }

  /** Undoes a random part of what was not forced, as when the machine stops. */
  public void crash(Chance chance) {
    forced.forEach((piece, before) -> {
      if (chance.happens(0.5)) {
        stored[piece] = before.orElse(null);
      }
    });
    forced.clear();
  }

  /** Whether checks find {@code piece} good: it is true, or it lies. */
  public boolean isGood(int piece) {
    return lying.get(piece) || isTrue(piece);
  }

  /** Data bytes in pieces that checks find good. */
  public long goodBytes() {
    long bytes = 0;
    for (int piece = 0; piece < stored.length; piece++) {
      if (isGood(piece)) {
        for (PieceLayout.Span span : layout().spans(piece, 0, layout().pieceSize(piece))) {
          bytes += span.length();
        }
      }
    }
    return bytes;
  }

  boolean isLying(int piece) {
    return lying.get(piece);
  }

  boolean isMissing(int piece) {
    return stored[piece] == null;
  }

  /** The bytes of {@code piece}, zeroes where nothing was written; not to be changed. */
  byte[] read(int piece) {
    byte[] bytes = stored[piece];
    return bytes == null ? new byte[layout().pieceSize(piece)] : bytes;
  }

  /** Writes {@code source}, which starts at {@code begin} of {@code piece}; pads stay zero. */
  void write(int piece, int begin, byte[] source) {
    byte[] old = stored[piece];
    forced.putIfAbsent(piece, Optional.ofNullable(old));
    byte[] bytes = old == null ? new byte[layout().pieceSize(piece)] : old.clone();
    for (PieceLayout.Span span : layout().spans(piece, begin, source.length)) {
      System.arraycopy(source, span.at(), bytes, begin + span.at(), span.length());
    }
    stored[piece] = truth.shared(piece, bytes);
    lying.clear(piece);
  }

  /** Everything written so far survives. */
  void sync() {
    forced.clear();
  }
}
