package sluice.protocol.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;

/** What a peer sends: framer, handshake and extension handshake take any bytes. */
class WireFuzzTest {
  private static final PieceLayout LAYOUT =
      PieceLayout.of(
          65_536,
          List.of(
              new FileEntry(
                  List.of("f"), 20 * 65_536, 0, Set.of(), Optional.empty(), Optional.empty())));

  @Test
  void framer() {
    FuzzRun.run(streams(), WireFuzzTest::frame);
  }

  @Test
  void extensionHandshake() {
    FuzzRun.run(extensionHandshakes(), WireFuzzTest::extended);
  }

  @Test
  void handshake() {
    byte[] good = new byte[70];
    byte[] name = "\u0013BitTorrent protocol".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, good, 0, name.length);
    FuzzRun.run(
        List.of(good, name, new byte[0]),
        bytes -> {
          HandshakeCodec codec = new HandshakeCodec();
          ByteBuffer in = ByteBuffer.wrap(bytes);
          try {
            while (in.hasRemaining() && codec.feed(in).isEmpty()) {
              codec.infoHash();
            }
          } catch (ProtocolException expected) {
            in.clear();
          }
          HandshakeCodec.isPlain(in);
        });
  }

  private static void extended(byte[] bytes) {
    try {
      ExtensionHandshakeCodec.decode(ByteBuffer.wrap(bytes));
    } catch (ProtocolException expected) {
      expected.violation();
    }
  }

  /** The length of the input decides the fragments and whether the layout is known. */
  private static void frame(byte[] bytes) {
    Random random = new Random(bytes.length);
    Framer framer = new Framer();
    if (random.nextInt(4) > 0) {
      framer.layout(LAYOUT);
    }
    Consumer handler = new Consumer();
    try {
      for (int at = 0; at < bytes.length; ) {
        int n = Math.min(bytes.length - at, 1 + random.nextInt(5_000));
        framer.feed(ByteBuffer.wrap(bytes, at, n), handler);
        at += n;
      }
    } catch (ProtocolException expected) {
      if (!framer.isStopped()) {
        throw new AssertionError("goes on after " + expected.violation());
      }
    }
  }

  /** Does with messages what an engine does before it trusts them. */
  private static final class Consumer implements FrameHandler {
    private final ByteBuffer block = ByteBuffer.allocate(1 << 17);
    private boolean open;

    @Override
    public void onMessage(Message message) {
      if (open) {
        throw new AssertionError("a message inside of a block");
      }
      if (message instanceof Message.Bitfield bitfield
          && bitfield.bits().remaining() == PieceSet.wireBytes(20)) {
        PieceSet.of(bitfield, 20);
      } else if (message instanceof Message.Extended(int _, ByteBuffer payload)) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        extended(copy);
      } else if (message instanceof Message.Hashes h) {
        new HashRange(h.baseLayer(), h.index(), h.length(), h.proofLayers())
            .verify(h.hashes(), h.piecesRoot(), 12);
      }
    }

    @Override
    public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
      open = true;
      return piece % 2 == 0 ? block.clear() : null;
    }

    @Override
    public void endBlock(int piece, int begin, int length) {
      if (!open || (piece % 2 == 0 && block.position() != length)) {
        throw new AssertionError("a block ends that was not received");
      }
      open = false;
    }
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
      ByteBuffer block = ByteBuffer.allocate(13 + 600 * piece + 1);
      MessageWriter.writeBlockHeader(piece, 0, 600 * piece + 1, block);
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
        latin1("d1:mde1:pi6881e11:upload_onlyi1e6:yourip4:abcde"),
        latin1("d1:al" + "l".repeat(15) + "e".repeat(15) + "e1:mdee"));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
