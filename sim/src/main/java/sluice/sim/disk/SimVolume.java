package sluice.sim.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Presence;
import sluice.engine.port.RootIdentity;
import sluice.engine.port.Stamps;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.sim.world.Chance;

/**
 * What one host has on disk of one torrent. It outlives processes; what was not forced to the
 * device may be lost with one.
 */
public final class SimVolume {
  private static final byte FLIP = 0x55;

  /** What a device writes whole or not at all. */
  private static final int SECTOR_BYTES = 512;

  private final SimContent.Pieces truth;
  private final byte[] @Nullable [] stored;

  /** For each piece that was written since the last sync, what is forced of it. */
  private final Map<Integer, Optional<byte[]>> forced = new LinkedHashMap<>();

  private final List<Write> unforced = new ArrayList<>();
  private final BitSet lying = new BitSet();

  private long writes;

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

  /**
   * The machine stops: of what was written since the last {@link #sync} any part is lost, and the
   * last write that is left may be torn, at a multiple of {@value #SECTOR_BYTES} bytes.
   */
  public void crash(Chance chance) {
    List<Write> writes = List.copyOf(unforced);
    undo();
    int last = -1;
    for (int i = 0; i < writes.size(); i++) {
      if (chance.happens(0.5)) {
        if (last >= 0) {
          apply(writes.get(last));
        }
        last = i;
      }
    }
    if (last >= 0) {
      Write torn = writes.get(last);
      int sectors = torn.data().limit() / SECTOR_BYTES + 1;
      int kept = chance.happens(0.5) ? torn.data().limit() : chance.nextInt(sectors) * SECTOR_BYTES;
      apply(new Write(torn.piece(), torn.begin(), torn.data().slice(0, kept)));
    }
    sync();
  }

  /** Goes back to what was forced. */
  private void undo() {
    forced.forEach((piece, before) -> stored[piece] = before.orElse(null));
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
    forced.putIfAbsent(piece, Optional.ofNullable(stored[piece]));
    Write write = new Write(piece, begin, ByteBuffer.wrap(source));
    unforced.add(write);
    apply(write);
    writes++;
  }

  private void apply(Write write) {
    int piece = write.piece();
    byte[] old = stored[piece];
    byte[] bytes = old == null ? new byte[layout().pieceSize(piece)] : old.clone();
    for (PieceLayout.Span span : layout().spans(piece, write.begin(), write.data().limit())) {
      int to = write.begin() + span.at();
      write.data().get(span.at(), bytes, to, span.length());
    }
    stored[piece] = truth.shared(piece, bytes);
    lying.clear(piece);
  }

  /** Everything written so far survives. */
  void sync() {
    forced.clear();
    unforced.clear();
  }

  /** Deletes everything. */
  void clear() {
    Arrays.fill(stored, null);
    lying.clear();
    sync();
    writes++;
  }

  /**
   * What a probe finds. A file reaches as far as it was written; its stamp changes with each write
   * to the volume.
   */
  Presence presence(boolean absent, long freeBytes) {
    List<FileEntry> files = truth.files();
    long[] sizes = new long[files.size()];
    long[] changes = new long[files.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = absent ? Stamps.ABSENT_BYTES : size(files.get(i));
      changes[i] = absent ? 0 : writes;
    }
    return new Presence(
        absent ? Optional.empty() : Optional.of(new RootIdentity("volume")),
        new Stamps(sizes, changes),
        freeBytes);
  }

  private long size(FileEntry file) {
    if (!file.hasData()) {
      return file.length();
    }
    int piece = layout().lastPiece(file);
    while (piece >= layout().firstPiece(file) && isMissing(piece)) {
      piece--;
    }
    long end = (long) (piece + 1) * layout().pieceLength() - file.offset();
    return Math.clamp(end, 0, file.length());
  }

  /** Bytes that were written at {@code begin} of a piece. */
  private record Write(int piece, int begin, ByteBuffer data) {}
}
