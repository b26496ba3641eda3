package sluice.protocol.wire;

import static sluice.protocol.wire.MessageId.ALLOWED_FAST;
import static sluice.protocol.wire.MessageId.BITFIELD;
import static sluice.protocol.wire.MessageId.BLOCK;
import static sluice.protocol.wire.MessageId.BLOCK_FIELDS_BYTES;
import static sluice.protocol.wire.MessageId.CANCEL;
import static sluice.protocol.wire.MessageId.CHOKE;
import static sluice.protocol.wire.MessageId.EXTENDED;
import static sluice.protocol.wire.MessageId.HASHES;
import static sluice.protocol.wire.MessageId.HASH_FIELDS_BYTES;
import static sluice.protocol.wire.MessageId.HASH_REJECT;
import static sluice.protocol.wire.MessageId.HASH_REQUEST;
import static sluice.protocol.wire.MessageId.HAVE;
import static sluice.protocol.wire.MessageId.HAVE_ALL;
import static sluice.protocol.wire.MessageId.HAVE_NONE;
import static sluice.protocol.wire.MessageId.INTERESTED;
import static sluice.protocol.wire.MessageId.NOT_INTERESTED;
import static sluice.protocol.wire.MessageId.PORT;
import static sluice.protocol.wire.MessageId.REJECT_REQUEST;
import static sluice.protocol.wire.MessageId.REQUEST;
import static sluice.protocol.wire.MessageId.REQUEST_FIELDS_BYTES;
import static sluice.protocol.wire.MessageId.SUGGEST_PIECE;
import static sluice.protocol.wire.MessageId.UNCHOKE;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Bodies of whole messages to values, with every check that needs no state but the layout. {@code
 * body} is what follows the id; it is read by absolute position and left as it was.
 */
final class MessageReader {
  private static final Message CHOKE_MESSAGE = new Message.Choke();
  private static final Message UNCHOKE_MESSAGE = new Message.Unchoke();
  private static final Message INTERESTED_MESSAGE = new Message.Interested();
  private static final Message NOT_INTERESTED_MESSAGE = new Message.NotInterested();
  private static final Message HAVE_ALL_MESSAGE = new Message.HaveAll();
  private static final Message HAVE_NONE_MESSAGE = new Message.HaveNone();

  private MessageReader() {}

  /** Whether messages with {@code id} have a meaning here. */
  static boolean isKnown(int id) {
    return id <= PORT || (id >= SUGGEST_PIECE && id <= ALLOWED_FAST) || isLate(id);
  }

  private static boolean isLate(int id) {
    return id >= EXTENDED && id <= HASH_REJECT;
  }

  /** Refuses a body of {@code length} bytes that {@code id} cannot have. */
  static void checkLength(int id, int length, @Nullable PieceLayout layout, FramerLimits limits) {
    boolean right =
        switch (id) {
          case CHOKE, UNCHOKE, INTERESTED, NOT_INTERESTED, HAVE_ALL, HAVE_NONE -> length == 0;
          case HAVE, SUGGEST_PIECE, ALLOWED_FAST -> length == 4;
          case REQUEST, CANCEL, REJECT_REQUEST -> length == REQUEST_FIELDS_BYTES;
          case PORT -> length == 2;
          case BLOCK -> length > BLOCK_FIELDS_BYTES;
          case EXTENDED -> length >= 1;
          case HASH_REQUEST, HASH_REJECT -> length == HASH_FIELDS_BYTES;
          case HASHES ->
              length > HASH_FIELDS_BYTES && (length - HASH_FIELDS_BYTES) % Hash.SHA256_BYTES == 0;
          default -> true;
        };
    if (!right) {
      throw malformed(id, length + " bytes");
    }
    if (id == BITFIELD) {
      checkBitfieldLength(length, layout);
    }
    int limit =
        switch (id) {
          case BLOCK -> BLOCK_FIELDS_BYTES + FramerLimits.BLOCK_BYTES;
          case EXTENDED -> limits.extendedBytes() - 1;
          case HASHES -> HASH_FIELDS_BYTES + FramerLimits.HASHES_BYTES;
          default -> limits.messageBytes() - 1;
        };
    if (length > limit) {
      throw new ProtocolException(
          Violation.OVERSIZED_MESSAGE, "message " + id + " of " + length + " bytes");
    }
  }

  private static void checkBitfieldLength(int length, @Nullable PieceLayout layout) {
    int most = PieceSet.wireBytes(layout == null ? PieceLayout.MAX_PIECES : layout.pieceCount());
    if (length > most || (layout != null && length < most)) {
      throw new ProtocolException(Violation.BAD_BITFIELD, length + " bytes instead of " + most);
    }
  }

  /** The message with a known {@code id} other than a block; its length has been checked. */
  static Message read(int id, ByteBuffer body, int at, int length, @Nullable PieceLayout layout) {
    return switch (id) {
      case CHOKE -> CHOKE_MESSAGE;
      case UNCHOKE -> UNCHOKE_MESSAGE;
      case INTERESTED -> INTERESTED_MESSAGE;
      case NOT_INTERESTED -> NOT_INTERESTED_MESSAGE;
      case HAVE_ALL -> HAVE_ALL_MESSAGE;
      case HAVE_NONE -> HAVE_NONE_MESSAGE;
      case HAVE -> new Message.Have(piece(body, at, layout));
      case SUGGEST_PIECE -> new Message.SuggestPiece(piece(body, at, layout));
      case ALLOWED_FAST -> new Message.AllowedFast(piece(body, at, layout));
      case REQUEST -> request(body, at, layout);
      case CANCEL ->
          new Message.Cancel(
              piece(body, at, layout), natural(id, body, at + 4), natural(id, body, at + 8));
      case REJECT_REQUEST ->
          new Message.RejectRequest(
              piece(body, at, layout), natural(id, body, at + 4), natural(id, body, at + 8));
      case PORT -> new Message.Port(body.getShort(at) & 0xffff);
      case BITFIELD -> bitfield(body, at, length, layout);
      case EXTENDED ->
          new Message.Extended(
              body.get(at) & 0xff, body.slice(at + 1, length - 1).asReadOnlyBuffer());
      case HASH_REQUEST, HASH_REJECT, HASHES -> hashMessage(id, body, at, length);
      default -> throw new IllegalArgumentException("not a message to be read: " + id);
    };
  }

  /** Refuses the fields of a block's message that cannot be right. */
  static void checkBlock(int piece, int begin, int length, @Nullable PieceLayout layout) {
    checkPiece(piece, layout);
    boolean right = layout == null ? begin >= 0 : layout.isRequest(piece, begin, length);
    if (!right) {
      throw malformed(BLOCK, "piece " + piece + " begin " + begin + " length " + length);
    }
  }

  private static Message request(ByteBuffer body, int at, @Nullable PieceLayout layout) {
    int piece = piece(body, at, layout);
    int begin = body.getInt(at + 4);
    int length = body.getInt(at + 8);
    boolean right =
        layout == null
            ? begin >= 0 && length > 0 && length <= FramerLimits.BLOCK_BYTES
            : layout.isRequest(piece, begin, length);
    if (!right) {
      throw new ProtocolException(
          Violation.BAD_REQUEST, "piece " + piece + " begin " + begin + " length " + length);
    }
    return new Message.Request(piece, begin, length);
  }

  private static Message bitfield(
      ByteBuffer body, int at, int length, @Nullable PieceLayout layout) {
    byte[] bits = new byte[length];
    body.get(at, bits);
    if (layout != null && PieceSet.hasSpareBits(bits, layout.pieceCount())) {
      throw new ProtocolException(Violation.BAD_BITFIELD, "a spare bit is set");
    }
    return new Message.Bitfield(ByteBuffer.wrap(bits).asReadOnlyBuffer());
  }

  private static Message hashMessage(int id, ByteBuffer body, int at, int length) {
    byte[] root = new byte[Hash.SHA256_BYTES];
    body.get(at, root);
    Hash piecesRoot = Hash.of(root);
    int baseLayer = natural(id, body, at + 32);
    int index = natural(id, body, at + 36);
    int count = natural(id, body, at + 40);
    int proofLayers = natural(id, body, at + 44);
    if (id == HASH_REQUEST) {
      return new Message.HashRequest(piecesRoot, baseLayer, index, count, proofLayers);
    }
    if (id == HASH_REJECT) {
      return new Message.HashReject(piecesRoot, baseLayer, index, count, proofLayers);
    }
    byte[] hashes = new byte[length - HASH_FIELDS_BYTES];
    body.get(at + HASH_FIELDS_BYTES, hashes);
    return new Message.Hashes(
        piecesRoot,
        baseLayer,
        index,
        count,
        proofLayers,
        ByteBuffer.wrap(hashes).asReadOnlyBuffer());
  }

  private static int piece(ByteBuffer body, int at, @Nullable PieceLayout layout) {
    int piece = body.getInt(at);
    checkPiece(piece, layout);
    return piece;
  }

  private static void checkPiece(int piece, @Nullable PieceLayout layout) {
    int count = layout == null ? PieceLayout.MAX_PIECES : layout.pieceCount();
    if (piece < 0 || piece >= count) {
      throw new ProtocolException(
          Violation.PIECE_OUT_OF_RANGE, Integer.toUnsignedString(piece) + " of " + count);
    }
  }

  private static int natural(int id, ByteBuffer body, int at) {
    int value = body.getInt(at);
    if (value < 0) {
      throw malformed(id, "number " + Integer.toUnsignedString(value));
    }
    return value;
  }

  private static ProtocolException malformed(int id, String detail) {
    return new ProtocolException(Violation.MALFORMED_MESSAGE, "message " + id + ": " + detail);
  }
}
