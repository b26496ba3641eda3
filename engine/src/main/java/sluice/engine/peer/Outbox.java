package sluice.engine.peer;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.engine.count.SessionCounts;
import sluice.engine.port.Block;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;
import sluice.protocol.metainfo.PieceLayout;
import sluice.protocol.wire.Message;
import sluice.protocol.wire.MessageWriter;

/**
 * Encodes what is sent to one peer and queues it; it leaves at the end of the turn, or as soon as
 * it is {@link #MAX_GATHERED_BYTES}: a turn can be long. A peer for which more than {@link
 * #MAX_PENDING_BYTES} wait is disconnected. Loop only.
 */
public final class Outbox {
  /** Bytes that wait for the pipe, above which nothing that can wait is added. */
  private static final long WATERMARK_BYTES = 1 << 20;

  /** Bytes that wait, above which the peer takes too little of what it causes us to say. */
  private static final long MAX_PENDING_BYTES = 8 << 20;

  /** Bytes that are gathered before they leave. */
  private static final long MAX_GATHERED_BYTES = 256 << 10;

  private static final int SMALL = 64;

  private final Loop loop;
  private final Pipe pipe;
  private final FlushQueue flushes;
  private final SessionCounts counts;
  private final ByteBuffer small = ByteBuffer.allocate(SMALL);
  private final Drain drain;
  private boolean dirty;
  private long lastSentNanos;
  private long leftAtFlush;
  private long queuedBytes;

  Outbox(PeerContext context, Pipe pipe) {
    this.loop = context.loop();
    this.pipe = pipe;
    this.flushes = context.flushes();
    this.counts = context.counts();
    this.lastSentNanos = loop.now();
    this.drain = new Drain(lastSentNanos);
  }

  /** Queues {@code message}. */
  public void send(Message message) {
    int size = MessageWriter.size(message);
    ByteBuffer out = size <= SMALL ? small.clear() : ByteBuffer.allocate(size);
    MessageWriter.write(message, out);
    pipe.write(out.flip());
    touch(size, 0);
  }

  /** Queues a request for a block. */
  public void sendRequest(int piece, int begin, int length) {
    MessageWriter.writeRequest(piece, begin, length, small.clear());
    pipe.write(small.flip());
    touch(small.limit(), 0);
  }

  /** Queues a block; one hold on each of {@code blocks} passes on. */
  void sendBlock(int piece, int begin, int length, List<Block> blocks) {
    MessageWriter.writeBlockHeader(piece, begin, length, small.clear());
    pipe.write(small.flip());
    int left = length;
    for (Block block : blocks) {
      int part = Math.min(left, PieceLayout.BLOCK);
      pipe.write(block, 0, part);
      left -= part;
    }
    touch(small.limit() + length, length);
  }

  /** When something was queued last. */
  public long lastSentNanos() {
    return lastSentNanos;
  }

  /** Whether what it sends is enciphered on its way. */
  public boolean encrypted() {
    return pipe.encrypted();
  }

  /** Bytes that the pipe did not take at the last flush and has not taken since, at most. */
  long waiting() {
    return Math.min(pipe.pending(), leftAtFlush);
  }

  /** Whether so little waits for the pipe that blocks, and other large answers, may be added. */
  public boolean hasRoom() {
    return pipe.pending() < WATERMARK_BYTES;
  }

  /** The peer asks for a block, as one does that has got others. */
  void asked() {
    drain.asked(loop.now());
  }

  /**
   * For how long nothing of what waits has left, and nothing was asked for; looked at about once a
   * second.
   */
  public long stalledNanos(long now) {
    return drain.stalledNanos(queuedBytes - pipe.pending(), waiting(), now);
  }

  private void touch(int bytes, int payload) {
    queuedBytes += bytes;
    counts.sent(bytes, payload);
    lastSentNanos = loop.now();
    if (pipe.pending() >= leftAtFlush + MAX_GATHERED_BYTES) {
      letGo();
    }
    if (pipe.pending() > MAX_PENDING_BYTES) {
      pipe.close();
      return;
    }
    if (!dirty) {
      dirty = true;
      flushes.add(this);
    }
  }

  /** Lets go of what is queued. */
  void flush() {
    dirty = false;
    letGo();
  }

  private void letGo() {
    pipe.flush();
    leftAtFlush = pipe.pending();
  }
}
