package sluice.engine.port;

import java.nio.ByteBuffer;
import sluice.protocol.address.Endpoint;

/**
 * Ordered bytes to and from one peer: TCP, uTP, a proxy or memory. Call on the loop; the handler
 * runs on the loop.
 */
public interface Pipe {
  /** The other end. */
  Endpoint remote();

  /** Whether its bytes go by datagrams (uTP), from the port at which the other end listens. */
  default boolean byDatagrams() {
    return false;
  }

  /** Whether what goes through it is enciphered on its way. */
  default boolean encrypted() {
    return false;
  }

  /** Sets who receives; before that nothing is delivered and nothing is lost. */
  void handler(Handler handler);

  /** Queues a copy of the remaining bytes of {@code bytes}; they leave at the next flush. */
  void write(ByteBuffer bytes);

  /**
   * Queues {@code length} bytes from {@code offset} of {@code block} without copying and takes over
   * one hold on it, which is released when the bytes have left or the pipe has closed.
   */
  void write(Block block, int offset, int length);

  /** Sends what is queued. */
  void flush();

  /** Bytes that are queued or not yet taken by the system. */
  long pending();

  /** Whether bytes are read and delivered; true at first. Unread bytes wait with the sender. */
  void reading(boolean on);

  /** Closes after sending nothing more; the handler is told, later. Closing twice does nothing. */
  void close();

  /** Receives what happens on a pipe. */
  interface Handler {
    /** Bytes came; {@code bytes} is valid during the call only. */
    void onBytes(ByteBuffer bytes);

    /** {@link #pending} has fallen below the transport's low watermark, or to nothing. */
    void onDrained();

    /** The end, told exactly once; {@link Fault.Kind#CANCELLED} if this side closed it. */
    void onClosed(Fault fault);
  }
}
