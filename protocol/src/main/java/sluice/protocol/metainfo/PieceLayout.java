package sluice.protocol.metainfo;

import java.util.ArrayList;
import java.util.List;

/**
 * All arithmetic of pieces, blocks and files; the only maker of valid indexes.
 *
 * <p>The torrent is one byte space. Bytes that belong to no data file (pad files, and the gaps that
 * align v2 files) are zeroes that are hashed by v1 but neither requested nor stored.
 */
public final class PieceLayout {
  /** Size of a block: the unit of requests and the leaf of BEP 52. */
  public static final int BLOCK = 16_384;

  /** Most pieces of a torrent. */
  public static final int MAX_PIECES = 0x20_0000;

  /** Largest piece length in bytes: 32767 blocks. */
  public static final int MAX_PIECE_LENGTH = 32_767 * BLOCK;

  private final int pieceLength;
  private final int pieceCount;
  private final long totalLength;
  private final long dataLength;
  private final boolean dense;
  private final boolean merkle;
  private final int[] file;
  private final long[] start;
  private final long[] end;

  private PieceLayout(
      int pieceLength,
      long totalLength,
      boolean dense,
      boolean merkle,
      int[] file,
      long[] start,
      long[] end) {
    this.pieceLength = pieceLength;
    this.totalLength = totalLength;
    this.dense = dense;
    this.merkle = merkle;
    this.file = file;
    this.start = start;
    this.end = end;
    this.pieceCount = Math.toIntExact((totalLength + pieceLength - 1) / pieceLength);
    long data = 0;
    for (int i = 0; i < file.length; i++) {
      data += end[i] - start[i];
    }
    this.dataLength = data;
  }

  /**
   * The layout of {@code files}, which are in torrent order with ascending, non-overlapping
   * offsets.
   *
   * @throws IllegalArgumentException when a limit is exceeded or files overlap
   */
  public static PieceLayout of(int pieceLength, List<FileEntry> files) {
    if (pieceLength < 1 || pieceLength > MAX_PIECE_LENGTH) {
      throw new IllegalArgumentException("piece length out of range: " + pieceLength);
    }
    int count = (int) files.stream().filter(FileEntry::hasData).count();
    int[] file = new int[count];
    long[] start = new long[count];
    long[] end = new long[count];
    long total = 0;
    long data = 0;
    int n = 0;
    for (int i = 0; i < files.size(); i++) {
      FileEntry entry = files.get(i);
      if (entry.offset() < total && entry.length() > 0) {
        throw new IllegalArgumentException("files overlap");
      }
      if (entry.length() == 0) {
        continue;
      }
      total = Math.addExact(entry.offset(), entry.length());
      if (entry.hasData()) {
        file[n] = i;
        start[n] = entry.offset();
        end[n] = total;
        data += entry.length();
        n++;
      }
    }
    if ((total + pieceLength - 1) / pieceLength > MAX_PIECES) {
      throw new IllegalArgumentException("more than " + MAX_PIECES + " pieces");
    }
    boolean merkle = files.stream().anyMatch(f -> f.piecesRoot().isPresent());
    return new PieceLayout(pieceLength, total, data == total, merkle, file, start, end);
  }

  /** Nominal bytes of a piece. */
  public int pieceLength() {
    return pieceLength;
  }

  /** Number of pieces. */
  public int pieceCount() {
    return pieceCount;
  }

  /** Bytes of the byte space, pads included. */
  public long totalLength() {
    return totalLength;
  }

  /** Bytes of all data files: what is downloaded and stored. */
  public long dataLength() {
    return dataLength;
  }

  /** Whether {@code piece} exists. */
  public boolean isPiece(int piece) {
    return piece >= 0 && piece < pieceCount;
  }

  /** Bytes of {@code piece} as hashed by v1, pads included. */
  public int pieceSize(int piece) {
    long from = (long) piece * pieceLength;
    return (int) Math.min(pieceLength, totalLength - from);
  }

  /** Bytes of {@code piece} up to its last data byte: what is requested; 0 for a piece of pads. */
  public int pieceDataSize(int piece) {
    if (dense) {
      return pieceSize(piece);
    }
    long from = (long) piece * pieceLength;
    int last = lastFileBefore(from + pieceLength);
    return last < 0 ? 0 : (int) Math.max(0, Math.min(end[last] - from, pieceLength));
  }

  /** Bytes of data files in {@code piece}. */
  public int pieceDataBytes(int piece) {
    int bytes = 0;
    for (Span span : spans(piece, 0, pieceSize(piece))) {
      bytes += span.length();
    }
    return bytes;
  }

  /** Number of blocks that are requested of {@code piece}. */
  public int blockCount(int piece) {
    return (pieceDataSize(piece) + BLOCK - 1) / BLOCK;
  }

  /** Bytes of block {@code block} of {@code piece}. */
  public int blockLength(int piece, int block) {
    return Math.min(BLOCK, pieceDataSize(piece) - block * BLOCK);
  }

  /**
   * Whether a peer may ask for these bytes: inside the piece, at most 128 KiB, not empty. With
   * Merkle trees (v2, hybrid) the last block counts as a whole one: libtorrent aligns the end of
   * the last file too and asks for the zeroes behind it.
   */
  public boolean isRequest(int piece, int begin, int length) {
    return isPiece(piece)
        && begin >= 0
        && length > 0
        && length <= 8 * BLOCK
        && (long) begin + length <= requestEnd(piece);
  }

  private int requestEnd(int piece) {
    int size = pieceSize(piece);
    return merkle ? Math.min(pieceLength, Math.ceilDiv(size, BLOCK) * BLOCK) : size;
  }

  /** Whether these bytes are exactly one of our blocks. */
  public boolean isBlock(int piece, int begin, int length) {
    return isPiece(piece)
        && begin >= 0
        && begin % BLOCK == 0
        && begin < pieceDataSize(piece)
        && length == blockLength(piece, begin / BLOCK);
  }

  /** The parts of data files under these bytes, in order; what no span covers is zeroes. */
  public List<Span> spans(int piece, int begin, int length) {
    long from = (long) piece * pieceLength + begin;
    long to = from + length;
    List<Span> spans = new ArrayList<>(1);
    for (int i = firstFileAfter(from); i < file.length && start[i] < to; i++) {
      long a = Math.max(from, start[i]);
      long b = Math.min(to, end[i]);
      spans.add(new Span(file[i], a - start[i], (int) (a - from), (int) (b - a)));
    }
    return spans;
  }

  /** First piece with bytes of {@code entry}, which has data. */
  public int firstPiece(FileEntry entry) {
    return (int) (entry.offset() / pieceLength);
  }

  /** Last piece with bytes of {@code entry}, which has data. */
  public int lastPiece(FileEntry entry) {
    return (int) ((entry.offset() + entry.length() - 1) / pieceLength);
  }

  /** Index into the data files of the last one that starts before {@code offset}, or -1. */
  private int lastFileBefore(long offset) {
    int low = 0;
    int high = file.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (start[mid] < offset) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low - 1;
  }

  /** Index into the data files of the first one that ends after {@code offset}. */
  private int firstFileAfter(long offset) {
    int low = 0;
    int high = file.length;
    while (low < high) {
      int mid = (low + high) >>> 1;
      if (end[mid] <= offset) {
        low = mid + 1;
      } else {
        high = mid;
      }
    }
    return low;
  }

  /**
   * A run of bytes inside one data file.
   *
   * @param file index into {@link Info#files()}
   * @param fileOffset first byte in the file
   * @param at first byte relative to the bytes that were asked for
   * @param length number of bytes
   */
  public record Span(int file, long fileOffset, int at, int length) {}
}
