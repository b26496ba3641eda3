package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;

/** Mutated messages of peers are taken or refused, nothing else. */
class WireFuzzTest {

  @Test
  void framer() {
    Fuzz.run(CorpusReaders.named("framer"), streams());
    Fuzz.run(CorpusReaders.named("framer-early"), streams());
  }

  @Test
  void extensionHandshake() {
    Fuzz.run(CorpusReaders.named("extension-handshake"), extensionHandshakes());
  }

  @Test
  void metadataMessage() {
    Fuzz.run(CorpusReaders.named("metadata-message"), List.of());
  }

  @Test
  void peerExchange() {
    Fuzz.run(CorpusReaders.named("peer-exchange"), List.of());
  }

  @Test
  void holePunching() {
    Fuzz.run(CorpusReaders.named("hole-punching"), List.of());
  }

  @Test
  void hashRange() {
    Fuzz.run(CorpusReaders.named("hash-range"), List.of());
  }

  @Test
  void handshake() {
    Fuzz.run(CorpusReaders.named("handshake"), List.of());
  }

  private static List<byte[]> streams() {
    Hash root = Hash.sha256(new byte[] {1});
    List<Message> messages = new ArrayList<>();
    messages.add(new Message.Bitfield(ByteBuffer.wrap(new byte[] {1, 2, 0x10})));
    messages.add(new Message.HaveAll());
    messages.add(new Message.KeepAlive());
    messages.add(new Message.Have(7));
    messages.add(new Message.Request(3, 16_384, 16_384));
    messages.add(new Message.Cancel(3, 16_384, 16_384));
    messages.add(new Message.RejectRequest(3, 0, 16_384));
    messages.add(new Message.Port(6881));
    messages.add(new Message.AllowedFast(19));
    messages.add(new Message.HashRequest(root, 0, 4, 4, 2));
    messages.add(new Message.Hashes(root, 0, 4, 4, 2, ByteBuffer.allocate(160)));
    messages.add(new Message.HashReject(root, 0, 4, 4, 2));
    messages.add(new Message.Unknown(99));
    for (byte[] payload : extensionHandshakes()) {
      messages.add(new Message.Extended(0, ByteBuffer.wrap(payload)));
    }
    List<byte[]> streams = new ArrayList<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Message message : messages) {
      ByteBuffer out = ByteBuffer.allocate(MessageWriter.size(message));
      MessageWriter.write(message, out);
      streams.add(out.array());
      all.writeBytes(out.array());
    }
    for (int piece = 0; piece < 4; piece++) {
      int length = 600 * piece + 1;
      ByteBuffer block = ByteBuffer.allocate(13 + length);
      MessageWriter.writeBlockHeader(piece, 0, length, block);
      streams.add(block.array());
      all.writeBytes(block.array());
    }
    streams.add(all.toByteArray());
    return streams;
  }

  private static List<byte[]> extensionHandshakes() {
    return List.of(
        latin1("d1:md11:ut_metadatai2e6:ut_pexi1ee13:metadata_sizei138876e4:reqqi500e1:v4:teste"),
        latin1("d12:complete_agoi5e1:ei1e4:ipv44:abcd4:ipv616:abcdefghijklmnop1:mdee"),
        latin1("d1:mde1:pi6881e11:upload_onlyi1e6:yourip4:abcde"));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
