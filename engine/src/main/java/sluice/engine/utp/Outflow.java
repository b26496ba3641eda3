package sluice.engine.utp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import sluice.engine.port.Block;

/**
 * Bytes that wait to be put into packets: copies, and blocks that are held until their bytes have
 * been. Its owner bounds it by asking for {@link #bytes} before it adds.
 */
final class Outflow {
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private long bytes;
  private long flushed;

  private record Segment(ByteBuffer bytes, Runnable end) {}

  void add(ByteBuffer source) {
    ByteBuffer copy = ByteBuffer.allocate(source.remaining()).put(source).flip();
    add(new Segment(copy, () -> {}));
  }

  void add(Block block, int offset, int length) {
    add(new Segment(block.bytes().slice(offset, length), block::release));
  }

  private void add(Segment segment) {
    if (segment.bytes.hasRemaining()) {
      bytes += segment.bytes.remaining();
      segments.addLast(segment);
    } else {
      segment.end.run();
    }
  }

  /** All that is there may leave. */
  void flush() {
    flushed = bytes;
  }

  /** Bytes that wait, flushed or not. */
  long bytes() {
    return bytes;
  }

  /** Bytes that may leave. */
  long flushed() {
    return flushed;
  }

  /** Moves the next {@code length} bytes into {@code target} at {@code at}. */
  void take(byte[] target, int at, int length) {
    int done = 0;
    while (done < length) {
      Segment first = segments.getFirst();
      int part = Math.min(first.bytes.remaining(), length - done);
      first.bytes.get(target, at + done, part);
      done += part;
      if (!first.bytes.hasRemaining()) {
        segments.removeFirst().end.run();
      }
    }
    bytes -= length;
    flushed -= length;
  }

  void clear() {
    segments.forEach(s -> s.end.run());
    segments.clear();
    bytes = 0;
    flushed = 0;
  }
}
