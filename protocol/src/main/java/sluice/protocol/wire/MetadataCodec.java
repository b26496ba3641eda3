package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.OptionalLong;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.bencode.BencodeLimits;

/**
 * {@link MetadataMessage} to the payload of an extended message and back (BEP 9): a bencoded
 * dictionary, and behind it the bytes of a piece. Unsorted and unknown keys are taken; what is no
 * such dictionary, or names a piece that cannot be, is a violation. Pure, any thread.
 */
public final class MetadataCodec {
  /** Most bytes of the dictionary. */
  private static final int MAX_DICTIONARY_BYTES = 1_024;

  /** Largest payload that is read. */
  public static final int MAX_BYTES = MetadataMessage.PIECE + MAX_DICTIONARY_BYTES;

  private static final BencodeLimits LIMITS = new BencodeLimits(MAX_BYTES, 4, 64);
  private static final int REQUEST = 0;
  private static final int DATA = 1;
  private static final int REJECT = 2;

  private MetadataCodec() {}

  /**
   * Reads the remaining bytes of {@code payload}, which stay unread.
   *
   * @throws ProtocolException when they are no message of the metadata exchange
   */
  public static MetadataMessage decode(ByteBuffer payload) {
    if (payload.remaining() > MAX_BYTES) {
      throw violation("metadata message of " + payload.remaining() + " bytes");
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(payload.position(), bytes);
    try {
      Bencode.Lenient read = Bencode.parseLenient(bytes, LIMITS);
      if (read.value() instanceof BDictionary root) {
        return message(root, ByteBuffer.wrap(bytes).position(read.end()));
      }
    } catch (BencodeException e) {
      throw violation("metadata message: " + e.getMessage());
    }
    throw violation("metadata message is not a dictionary");
  }

  private static MetadataMessage message(BDictionary root, ByteBuffer rest) {
    OptionalLong type = root.integer("msg_type");
    if (type.isEmpty()) {
      throw violation("metadata message without a type");
    }
    long number = type.getAsLong();
    if (number == REQUEST) {
      return new MetadataMessage.Request(piece(root));
    } else if (number == DATA) {
      return data(root, rest);
    } else if (number == REJECT) {
      return new MetadataMessage.Reject(piece(root));
    }
    return new MetadataMessage.Unknown(number);
  }

  private static MetadataMessage data(BDictionary root, ByteBuffer rest) {
    if (!rest.hasRemaining() || rest.remaining() > MetadataMessage.PIECE) {
      throw violation("a piece of metadata of " + rest.remaining() + " bytes");
    }
    OptionalLong told = root.integer("total_size");
    OptionalInt total = OptionalInt.empty();
    if (told.isPresent()) {
      if (told.getAsLong() < 1 || told.getAsLong() > MetadataMessage.MAX_SIZE) {
        throw violation("metadata of " + told.getAsLong() + " bytes");
      }
      total = OptionalInt.of((int) told.getAsLong());
    }
    return new MetadataMessage.Data(piece(root), total, rest);
  }

  private static int piece(BDictionary root) {
    long piece = root.integer("piece").orElse(-1);
    if (piece < 0 || piece >= MetadataMessage.MAX_PIECES) {
      throw violation("piece " + piece + " of metadata");
    }
    return (int) piece;
  }

  private static ProtocolException violation(String detail) {
    return new ProtocolException(Violation.BAD_EXTENSION_MESSAGE, detail);
  }

  /** The payload of an extended message. */
  public static ByteBuffer encode(MetadataMessage message) {
    return switch (message) {
      case MetadataMessage.Request(int piece) -> ByteBuffer.wrap(head(REQUEST, piece));
      case MetadataMessage.Reject(int piece) -> ByteBuffer.wrap(head(REJECT, piece));
      case MetadataMessage.Data(int piece, OptionalInt total, ByteBuffer bytes) -> {
        BDictionary.Builder root = builder(DATA, piece);
        total.ifPresent(size -> root.put("total_size", size));
        byte[] head = Bencode.write(root.build());
        ByteBuffer out = ByteBuffer.allocate(head.length + bytes.remaining());
        yield out.put(head).put(bytes.duplicate()).flip();
      }
      case MetadataMessage.Unknown(long type) ->
          ByteBuffer.wrap(Bencode.write(BDictionary.builder().put("msg_type", type).build()));
    };
  }

  private static byte[] head(int type, int piece) {
    return Bencode.write(builder(type, piece).build());
  }

  private static BDictionary.Builder builder(int type, int piece) {
    return BDictionary.builder().put("msg_type", type).put("piece", piece);
  }
}
