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
import sluice.protocol.digest.Hash;

/** Messages to bytes. Pure, any thread; buffers inside messages stay unread. */
public final class MessageWriter {
  private static final int PREFIX_BYTES = 4;

  private MessageWriter() {}

  /** Bytes of {@code message} on the wire, length prefix included. */
  public static int size(Message message) {
    return PREFIX_BYTES + length(message);
  }

  /** What the length prefix says. */
  private static int length(Message message) {
    return switch (message) {
      case Message.KeepAlive() -> 0;
      case Message.Choke(),
          Message.Unchoke(),
          Message.Interested(),
          Message.NotInterested(),
          Message.HaveAll(),
          Message.HaveNone() ->
          1;
      case Message.Unknown(_) -> 1;
      case Message.Have(_), Message.SuggestPiece(_), Message.AllowedFast(_) -> 5;
      case Message.Request(_, _, _), Message.Cancel(_, _, _), Message.RejectRequest(_, _, _) ->
          1 + REQUEST_FIELDS_BYTES;
      case Message.Port(_) -> 3;
      case Message.Bitfield(ByteBuffer bits) -> 1 + bits.remaining();
      case Message.Extended(_, ByteBuffer payload) -> 2 + payload.remaining();
      case Message.HashRequest(_, _, _, _, _), Message.HashReject(_, _, _, _, _) ->
          1 + HASH_FIELDS_BYTES;
      case Message.Hashes(_, _, _, _, _, ByteBuffer hashes) ->
          1 + HASH_FIELDS_BYTES + hashes.remaining();
    };
  }

  /** Appends {@code message} to {@code out} (big endian), which has room for its size. */
  public static void write(Message message, ByteBuffer out) {
    out.putInt(length(message));
    switch (message) {
      case Message.KeepAlive() -> {}
      case Message.Choke() -> id(CHOKE, out);
      case Message.Unchoke() -> id(UNCHOKE, out);
      case Message.Interested() -> id(INTERESTED, out);
      case Message.NotInterested() -> id(NOT_INTERESTED, out);
      case Message.Have(int piece) -> id(HAVE, out).putInt(piece);
      case Message.Bitfield(ByteBuffer bits) -> bytes(bits, id(BITFIELD, out));
      case Message.Request(int piece, int begin, int length) ->
          requestFields(REQUEST, piece, begin, length, out);
      case Message.Cancel(int piece, int begin, int length) ->
          requestFields(CANCEL, piece, begin, length, out);
      case Message.Port(int port) -> id(PORT, out).putShort((short) port);
      case Message.SuggestPiece(int piece) -> id(SUGGEST_PIECE, out).putInt(piece);
      case Message.HaveAll() -> id(HAVE_ALL, out);
      case Message.HaveNone() -> id(HAVE_NONE, out);
      case Message.RejectRequest(int piece, int begin, int length) ->
          requestFields(REJECT_REQUEST, piece, begin, length, out);
      case Message.AllowedFast(int piece) -> id(ALLOWED_FAST, out).putInt(piece);
      case Message.Extended(int extension, ByteBuffer payload) ->
          bytes(payload, id(EXTENDED, out).put((byte) extension));
      case Message.HashRequest(Hash root, int base, int index, int length, int proof) ->
          hashFields(HASH_REQUEST, root, base, index, length, proof, out);
      case Message.Hashes(
              Hash root,
              int base,
              int index,
              int length,
              int proof,
              ByteBuffer hashes) ->
          bytes(hashes, hashFields(HASHES, root, base, index, length, proof, out));
      case Message.HashReject(Hash root, int base, int index, int length, int proof) ->
          hashFields(HASH_REJECT, root, base, index, length, proof, out);
      case Message.Unknown(int id) -> id(id, out);
    }
  }

  /** Appends a {@link Message.Request}, of which there are too many to make objects: 17 bytes. */
  public static void writeRequest(int piece, int begin, int length, ByteBuffer out) {
    out.putInt(1 + REQUEST_FIELDS_BYTES);
    requestFields(REQUEST, piece, begin, length, out);
  }

  /** Appends what precedes the {@code length} payload bytes of a block: 13 bytes. */
  public static void writeBlockHeader(int piece, int begin, int length, ByteBuffer out) {
    out.putInt(1 + BLOCK_FIELDS_BYTES + length);
    id(BLOCK, out).putInt(piece).putInt(begin);
  }

  private static void requestFields(int id, int piece, int begin, int length, ByteBuffer out) {
    id(id, out).putInt(piece).putInt(begin).putInt(length);
  }

  private static ByteBuffer id(int id, ByteBuffer out) {
    return out.put((byte) id);
  }

  private static void bytes(ByteBuffer source, ByteBuffer out) {
    int count = source.remaining();
    out.put(out.position(), source, source.position(), count);
    out.position(out.position() + count);
  }

  private static ByteBuffer hashFields(
      int id, Hash root, int base, int index, int length, int proof, ByteBuffer out) {
    return id(id, out).put(root.bytes()).putInt(base).putInt(index).putInt(length).putInt(proof);
  }
}
