package sluice.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import sluice.protocol.metainfo.PieceLayout;

/**
 * Received bytes of one connection, after the handshake, to messages and blocks. It takes the bytes
 * in whatever fragments they come, reads in place what is whole and stores only the unfinished part
 * of a message, never of a block. For a block nothing is allocated.
 *
 * <p>Invariant: {@code needed} more bytes, {@code stored} of which are in {@code store}, finish the
 * {@link Step}; or the step is {@code PAYLOAD} or {@code SKIP} and {@code left} bytes are to come.
 * The store grows with what has arrived, not with what was promised. One thread, that of the
 * connection.
 */
public final class Framer {
  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);
  private static final int FIRST_STORE_BYTES = 32;
  private static final int KEPT_STORE_BYTES = 1024;
  private static final Message KEEP_ALIVE = new Message.KeepAlive();

  private final FramerLimits limits;
  private @Nullable PieceLayout layout;

  private Step step = Step.LENGTH;
  private int needed = 4;
  private ByteBuffer store = EMPTY;
  private int stored;

  private int id;
  private int bodyLength;
  private int piece;
  private int begin;
  private int blockLength;
  private int left;
  private @Nullable ByteBuffer target;
  private boolean stopped;

  /** What the next bytes are. */
  private enum Step {
    LENGTH,
    ID,
    BODY,
    BLOCK_FIELDS,
    PAYLOAD,
    SKIP
  }

  /** A framer with {@link FramerLimits#DEFAULT}. */
  public Framer() {
    this(FramerLimits.DEFAULT);
  }

  /** A framer with other limits. */
  public Framer(FramerLimits limits) {
    this.limits = limits;
  }

  /** Sets what indexes and bitfields are checked against; until then only sizes are. */
  public void layout(PieceLayout layout) {
    this.layout = layout;
  }

  /** Stops for good: what is fed is left unread. To be called by a handler, too. */
  public void stop() {
    stopped = true;
    target = null;
    store = EMPTY;
  }

  /** Whether {@link #stop} was called or the peer broke the protocol. */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Reads the remaining bytes of {@code in} (big endian) and tells {@code handler} what is whole.
   *
   * @throws ProtocolException when the peer broke the protocol; the framer has stopped
   */
  public void feed(ByteBuffer in, FrameHandler handler) {
    if (in.order() != ByteOrder.BIG_ENDIAN) {
      throw new IllegalArgumentException("the buffer must be big endian");
    }
    try {
      while (!stopped && in.hasRemaining()) {
        switch (step) {
          case PAYLOAD -> payload(in, handler);
          case SKIP -> skip(in, handler);
          case LENGTH, ID, BODY, BLOCK_FIELDS -> collect(in, handler);
        }
      }
    } catch (ProtocolException e) {
      stop();
      throw e;
    }
  }

  private void collect(ByteBuffer in, FrameHandler handler) {
    int available = in.remaining();
    int missing = needed - stored;
    if (stored == 0 && available >= missing) {
      int at = in.position();
      in.position(at + missing);
      whole(in, at, handler);
      return;
    }
    int count = Math.min(available, missing);
    if (store.capacity() < stored + count) {
      grow(stored + count);
    }
    store.put(stored, in, in.position(), count);
    in.position(in.position() + count);
    stored += count;
    if (stored == needed) {
      ByteBuffer bytes = store;
      stored = 0;
      if (bytes.capacity() > KEPT_STORE_BYTES) {
        store = EMPTY;
      }
      whole(bytes, 0, handler);
    }
  }

  private void grow(int least) {
    int capacity = Math.max(least, Math.min(2 * store.capacity(), needed));
    ByteBuffer larger = ByteBuffer.allocate(Math.max(FIRST_STORE_BYTES, capacity));
    larger.put(0, store, 0, stored);
    store = larger;
  }

  /** The {@code needed} bytes of the step are at {@code at} of {@code bytes}. */
  private void whole(ByteBuffer bytes, int at, FrameHandler handler) {
    switch (step) {
      case LENGTH -> length(bytes.getInt(at), handler);
      case ID -> id(bytes.get(at) & 0xff, handler);
      case BODY -> {
        expect(Step.LENGTH, 4);
        handler.onMessage(MessageReader.read(id, bytes, at, bodyLength, layout));
      }
      case BLOCK_FIELDS -> block(bytes.getInt(at), bytes.getInt(at + 4), handler);
      case PAYLOAD, SKIP -> throw new IllegalStateException("not collected: " + step);
    }
  }

  private void length(int length, FrameHandler handler) {
    if (length < 0 || length > limits.messageBytes()) {
      throw new ProtocolException(
          Violation.OVERSIZED_MESSAGE, Integer.toUnsignedString(length) + " bytes");
    }
    if (length == 0) {
      handler.onMessage(KEEP_ALIVE);
      return;
    }
    bodyLength = length - 1;
    expect(Step.ID, 1);
  }

  private void id(int received, FrameHandler handler) {
    id = received;
    if (!MessageReader.isKnown(id)) {
      step = Step.SKIP;
      left = bodyLength;
      if (left == 0) {
        skipped(handler);
      }
      return;
    }
    MessageReader.checkLength(id, bodyLength, layout, limits);
    if (id == MessageId.BLOCK) {
      expect(Step.BLOCK_FIELDS, MessageId.BLOCK_FIELDS_BYTES);
    } else if (bodyLength == 0) {
      expect(Step.LENGTH, 4);
      handler.onMessage(MessageReader.read(id, EMPTY, 0, 0, layout));
    } else {
      expect(Step.BODY, bodyLength);
    }
  }

  private void block(int pieceIndex, int beginInPiece, FrameHandler handler) {
    piece = pieceIndex;
    begin = beginInPiece;
    blockLength = bodyLength - MessageId.BLOCK_FIELDS_BYTES;
    MessageReader.checkBlock(piece, begin, blockLength, layout);
    step = Step.PAYLOAD;
    left = blockLength;
    ByteBuffer buffer = handler.beginBlock(piece, begin, blockLength);
    if (buffer != null && buffer.remaining() < blockLength) {
      throw new IllegalArgumentException("no room for " + blockLength + " bytes");
    }
    target = stopped ? null : buffer;
  }

  private void payload(ByteBuffer in, FrameHandler handler) {
    int count = Math.min(left, in.remaining());
    ByteBuffer out = target;
    if (out != null) {
      int to = out.position();
      out.put(to, in, in.position(), count);
      out.position(to + count);
    }
    in.position(in.position() + count);
    left -= count;
    if (left == 0) {
      target = null;
      expect(Step.LENGTH, 4);
      handler.endBlock(piece, begin, blockLength);
    }
  }

  private void skip(ByteBuffer in, FrameHandler handler) {
    int count = Math.min(left, in.remaining());
    in.position(in.position() + count);
    left -= count;
    if (left == 0) {
      skipped(handler);
    }
  }

  private void skipped(FrameHandler handler) {
    expect(Step.LENGTH, 4);
    handler.onMessage(new Message.Unknown(id));
  }

  private void expect(Step next, int bytes) {
    step = next;
    needed = bytes;
  }
}
