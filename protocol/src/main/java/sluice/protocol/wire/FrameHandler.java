package sluice.protocol.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives what a {@link Framer} finds. Blocks do not appear as a {@link Message}: their payload is
 * copied once, from the received bytes into the buffer that {@link #beginBlock} names.
 */
public interface FrameHandler {
  /** A whole message other than a block. */
  void onMessage(Message message);

  /**
   * A block starts. Gives the buffer for its payload, with at least {@code length} remaining bytes,
   * or null to skip the payload.
   */
  @Nullable ByteBuffer beginBlock(int piece, int begin, int length);

  /** The block that was begun last has arrived whole. */
  void endBlock(int piece, int begin, int length);
}
