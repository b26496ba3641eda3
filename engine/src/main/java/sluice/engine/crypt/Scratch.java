package sluice.engine.crypt;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;

/**
 * Memory in which bytes are encrypted and decrypted, shared by all pipes of a loop: each use ends
 * before the next begins. What is received is kept apart, as its receiver may send. Loop only.
 */
final class Scratch {
  private static final int RECEIVED_BYTES = 128 * 1024;
  private static final int SENT_BYTES = 16 * 1024;
  private static final byte[] NOTHING = {};

  private final Supplier<@Nullable Block> spare;
  private byte[] received = NOTHING;
  private byte[] sent = NOTHING;

  Scratch(Supplier<@Nullable Block> spare) {
    this.spare = spare;
  }

  /** Room for a delivery of {@code bytes}; a rare large one gets its own. */
  byte[] received(int bytes) {
    if (bytes > RECEIVED_BYTES) {
      return new byte[bytes];
    }
    if (received.length == 0) {
      received = new byte[RECEIVED_BYTES];
    }
    return received;
  }

  /** Room for a block. */
  byte[] sent() {
    if (sent.length == 0) {
      sent = new byte[SENT_BYTES];
    }
    return sent;
  }

  /** A block that nobody needs, with one hold. */
  @Nullable Block block() {
    return spare.get();
  }
}
