package sluice.tracker.conformance;

import java.nio.ByteBuffer;

/** WebSocket's frames as a browser sends them (RFC 6455). */
final class Frame {
  private Frame() {}

  /** A frame with the given first byte, masked with zeros. */
  static byte[] of(int first, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(content.length + 14);
    frame.put((byte) first);
    if (content.length < 126) {
      frame.put((byte) (0x80 | content.length));
    } else if (content.length <= 0xffff) {
      frame.put((byte) (0x80 | 126)).putShort((short) content.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(content.length);
    }
    frame.putInt(0).put(content).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }
}
