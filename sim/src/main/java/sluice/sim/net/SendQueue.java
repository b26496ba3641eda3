package sluice.sim.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import sluice.engine.port.Block;

/** Bytes that wait to be sent: copies and blocks in order. Holds on blocks end with their bytes. */
final class SendQueue {
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();
  private long bytes;
  private long flushed;

  private interface Segment {
    ByteBuffer bytes();

    void end();
  }

  private record Copy(ByteBuffer bytes) implements Segment {
    @Override
    public void end() {
      bytes.clear();
    }
  }

  private record Held(ByteBuffer bytes, Block block) implements Segment {
    @Override
    public void end() {
      block.release();
    }
  }

  void add(ByteBuffer source) {
    ByteBuffer copy = ByteBuffer.allocate(source.remaining());
    copy.put(source).flip();
    add(new Copy(copy));
  }

  void add(Block block, int offset, int length) {
    add(new Held(block.bytes().slice(offset, length), block));
  }

  private void add(Segment segment) {
    bytes += segment.bytes().remaining();
    if (segment.bytes().hasRemaining()) {
      segments.addLast(segment);
    } else {
      segment.end();
    }
  }

  /** Everything that is queued may leave. */
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

  /** Removes the next flushed bytes, {@code limit} at the most. */
  byte[] take(int limit) {
    byte[] taken = new byte[(int) Math.min(limit, flushed)];
    int at = 0;
    while (at < taken.length) {
      Segment segment = segments.getFirst();
      int length = Math.min(segment.bytes().remaining(), taken.length - at);
      segment.bytes().get(taken, at, length);
      at += length;
      if (!segment.bytes().hasRemaining()) {
        segments.removeFirst().end();
      }
    }
    bytes -= taken.length;
    flushed -= taken.length;
    return taken;
  }

  /** Forgets everything and ends the holds. */
  void clear() {
    segments.forEach(Segment::end);
    segments.clear();
    bytes = 0;
    flushed = 0;
  }
}
