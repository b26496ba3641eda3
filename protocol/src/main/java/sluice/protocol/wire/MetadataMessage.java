package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import sluice.protocol.metainfo.MetainfoParser;

/**
 * A message of the metadata exchange (BEP 9): peers fetch the {@code info} of a torrent from each
 * other in pieces of {@link #PIECE} bytes, of which the last is shorter.
 */
public sealed interface MetadataMessage {
  /** The name of the extension in the extension handshake. */
  String EXTENSION = "ut_metadata";

  /** Bytes of a piece of metadata. */
  int PIECE = 16_384;

  /** Most bytes of metadata, those of the largest torrent file. */
  int MAX_SIZE = MetainfoParser.MAX_BYTES;

  /** Most pieces of metadata. */
  int MAX_PIECES = (MAX_SIZE + PIECE - 1) / PIECE;

  /** Number of pieces of metadata of {@code size} bytes. */
  static int pieces(int size) {
    return (size + PIECE - 1) / PIECE;
  }

  /** Bytes of piece {@code index} of metadata of {@code size} bytes. */
  static int length(int size, int index) {
    return Math.min(PIECE, size - index * PIECE);
  }

  /** Asks for a piece. */
  record Request(int piece) implements MetadataMessage {
    public Request {
      check(piece);
    }
  }

  /**
   * Brings a piece.
   *
   * @param totalSize bytes of all metadata as the sender has it; some do not tell
   * @param bytes of the piece, one at least; its remaining bytes count and stay unread
   */
  record Data(int piece, OptionalInt totalSize, ByteBuffer bytes) implements MetadataMessage {
    public Data {
      check(piece);
      if (!bytes.hasRemaining() || bytes.remaining() > PIECE) {
        throw new IllegalArgumentException("a piece of " + bytes.remaining() + " bytes");
      }
    }
  }

  /** The piece will not be sent: the sender does not have it, or was asked too often. */
  record Reject(int piece) implements MetadataMessage {
    public Reject {
      check(piece);
    }
  }

  /** A kind of message that this program does not know; to be passed over. */
  record Unknown(long type) implements MetadataMessage {}

  private static void check(int piece) {
    if (piece < 0 || piece >= MAX_PIECES) {
      throw new IllegalArgumentException("piece " + piece);
    }
  }
}
