package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.metainfo.FileEntry;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.FrameHandler;
import sluice.protocol.wire.Framer;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;
import sluice.protocol.wire.PieceSet;
import sluice.protocol.wire.ProtocolException;

/**
 * Frames bytes at once and in fragments, which must come to the same, and does with the messages
 * what an engine does before it trusts them.
 */
final class FramerCheck implements FrameHandler {
  private static final int PIECES = 20;
  private static final int HEIGHT = 12;
  private static final PieceLayout LAYOUT =
      PieceLayout.of(
          65_536,
          List.of(
              new FileEntry(
                  List.of("f"),
                  (PIECES - 1) * 65_536 + 1_000,
                  0,
                  Set.of(),
                  Optional.empty(),
                  Optional.empty())));

  private final ByteBuffer block = ByteBuffer.allocate(1 << 17);
  private final List<String> told = new ArrayList<>();
  private boolean open;

  private FramerCheck() {}

  /** Reads with the layout of a torrent of 20 pieces. */
  static void withLayout(byte[] input) {
    check(input, LAYOUT);
  }

  /** Reads before a layout is known. */
  static void early(byte[] input) {
    check(input, null);
  }

  private static void check(byte[] input, @Nullable PieceLayout layout) {
    FramerCheck whole = new FramerCheck();
    FramerCheck parts = new FramerCheck();
    Optional<ProtocolException> first = whole.feed(input, layout, Integer.MAX_VALUE);
    Optional<ProtocolException> second = parts.feed(input, layout, 1 + input.length / 37);
    if (!whole.told.equals(parts.told)) {
      throw new AssertionError(whole.told + " or, in fragments, " + parts.told);
    }
    if (!first
        .map(ProtocolException::getMessage)
        .equals(second.map(ProtocolException::getMessage))) {
      throw new AssertionError(first + " or, in fragments, " + second);
    }
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private Optional<ProtocolException> feed(
      byte[] input, @Nullable PieceLayout layout, int fragment) {
    Framer framer = new Framer();
    if (layout != null) {
      framer.layout(layout);
    }
    try {
      for (int at = 0; at < input.length; ) {
        int n = Math.min(input.length - at, fragment);
        ByteBuffer in = ByteBuffer.wrap(input, at, n);
        framer.feed(in, this);
        if (in.hasRemaining()) {
          throw new AssertionError("bytes stay unread");
        }
        at += n;
      }
      return Optional.empty();
    } catch (ProtocolException e) {
      if (!framer.isStopped()) {
        throw new AssertionError("goes on after " + e.violation(), e);
      }
      return Optional.of(e);
    }
  }

  @Override
  public void onMessage(Message message) {
    if (open) {
      throw new AssertionError("a message inside of a block");
    }
    if (told.size() < 1_000) {
      told.add(message.getClass().getSimpleName() + " " + MessageWriter.size(message));
    }
    switch (message) {
      case Message.Bitfield bitfield -> {
        int size = 8 * bitfield.bits().remaining();
        PieceSet.of(bitfield, size);
      }
      case Message.Extended(int id, ByteBuffer payload) -> {
        if (id == 0) {
          ExtensionHandshakeCodec.decode(payload);
        }
      }
      case Message.Hashes h ->
          new HashRange(h.baseLayer(), h.index(), h.length(), h.proofLayers())
              .verify(h.hashes(), h.piecesRoot(), HEIGHT);
      default -> {}
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
    told.add("block " + piece + " " + begin + " " + length);
  }
}
