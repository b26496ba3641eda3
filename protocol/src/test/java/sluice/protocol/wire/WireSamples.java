package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import sluice.protocol.digest.Hash;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;

/** Messages and layouts for tests. */
final class WireSamples {
  private WireSamples() {}

  /** One file of {@code length} bytes. */
  static PieceLayout layout(int pieceLength, long length) {
    return PieceLayout.of(
        pieceLength,
        List.of(
            new FileEntry(List.of("f"), length, 0, Set.of(), Optional.empty(), Optional.empty())));
  }

  /** One message of each kind that is valid in a torrent of 20 pieces of 64 KiB. */
  static List<Message> oneOfEach(Random random) {
    Hash root = Hash.of(bytes(random, 32));
    byte[] bits = {(byte) random.nextInt(), (byte) random.nextInt(), (byte) 0xf0};
    int piece = random.nextInt(20);
    List<Message> all = new ArrayList<>();
    all.add(new Message.KeepAlive());
    all.add(new Message.Choke());
    all.add(new Message.Unchoke());
    all.add(new Message.Interested());
    all.add(new Message.NotInterested());
    all.add(new Message.Have(piece));
    all.add(new Message.Bitfield(ByteBuffer.wrap(bits)));
    all.add(new Message.Request(piece, 16_384, 16_384));
    all.add(new Message.Cancel(piece, 32_768, 16_384));
    all.add(new Message.Port(random.nextInt(65_536)));
    all.add(new Message.SuggestPiece(piece));
    all.add(new Message.HaveAll());
    all.add(new Message.HaveNone());
    all.add(new Message.RejectRequest(piece, 0, 16_384));
    all.add(new Message.AllowedFast(piece));
    int id = random.nextInt(256);
    all.add(new Message.Extended(id, ByteBuffer.wrap(bytes(random, random.nextInt(3000)))));
    all.add(new Message.HashRequest(root, 0, 512, 512, 3));
    ByteBuffer hashes = ByteBuffer.wrap(bytes(random, 32 * (1 + random.nextInt(500))));
    all.add(new Message.Hashes(root, 1, 0, 256, 2, hashes));
    all.add(new Message.HashReject(root, 2, 4, 2, 0));
    all.add(new Message.Unknown(100 + random.nextInt(100)));
    return all;
  }

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] encode(Message message) {
    ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
    MessageWriter.write(message, out);
    if (out.hasRemaining()) {
      throw new AssertionError("size is wrong for " + message);
    }
    return out.array();
  }

  /** A whole block message. */
  static byte[] block(int piece, int begin, byte[] payload) {
    ByteBuffer out = ByteBuffer.allocate(13 + payload.length);
    MessageWriter.writeBlockHeader(piece, begin, payload.length, out);
    return out.put(payload).array();
  }
}
