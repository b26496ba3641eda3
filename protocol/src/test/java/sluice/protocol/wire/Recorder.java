package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a framer tells, as one line of text for each call. */
final class Recorder implements FrameHandler {
  final List<String> lines = new ArrayList<>();
  final List<Message> messages = new ArrayList<>();
  private final ByteBuffer memory = ByteBuffer.allocateDirect(FramerLimits.BLOCK_BYTES);
  private final boolean keepBlocks;

  Recorder(boolean keepBlocks) {
    this.keepBlocks = keepBlocks;
  }

  @Override
  public void onMessage(Message message) {
    lines.add(text(message));
    messages.add(message);
  }

  @Override
  public @Nullable ByteBuffer beginBlock(int piece, int begin, int length) {
    return keepBlocks ? memory.clear() : null;
  }

  @Override
  public void endBlock(int piece, int begin, int length) {
    String payload = "skipped";
    if (keepBlocks) {
      payload = hex(memory.flip());
    }
    lines.add("block " + piece + " " + begin + " " + length + " " + payload);
  }

  /** A message with the contents of its buffers. */
  static String text(Message message) {
    return switch (message) {
      case Message.Bitfield b -> "bitfield " + hex(b.bits());
      case Message.Extended e -> "extended " + e.id() + " " + hex(e.payload());
      case Message.Hashes h ->
          "hashes "
              + new Message.HashReject(
                  h.piecesRoot(), h.baseLayer(), h.index(), h.length(), h.proofLayers())
              + hex(h.hashes());
      default -> message.toString();
    };
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return HexFormat.of().formatHex(copy);
  }
}
