package sluice.engine.fake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/**
 * A pipe of which the test is the far end: it takes what was flushed with {@link #take} and sends
 * with {@link #deliver}.
 */
public final class FakePipe implements Pipe {
  private final Loop loop;
  private final Endpoint remote;
  private final List<Block> held = new ArrayList<>();
  private final ByteArrayOutputStream left = new ByteArrayOutputStream();
  private ByteArrayOutputStream queued = new ByteArrayOutputStream();
  private @Nullable Handler handler;
  private boolean closed;
  private boolean reading = true;
  private boolean stuck;

  public FakePipe(Loop loop, Endpoint remote) {
    this.loop = loop;
    this.remote = remote;
  }

  /** While stuck, flushed bytes stay pending, as if the far end did not read. */
  public void stuck(boolean on) {
    stuck = on;
    if (!on) {
      flush();
      handler().onDrained();
    }
  }

  /** Hands {@code bytes} to the handler, unless the pipe is closed or not read. */
  public void deliver(byte[] bytes) {
    if (!closed) {
      if (!reading) {
        throw new IllegalStateException("nobody reads");
      }
      handler().onBytes(ByteBuffer.wrap(bytes));
    }
  }

  /** The bytes that left since the last call. */
  public byte[] take() {
    byte[] bytes = left.toByteArray();
    left.reset();
    return bytes;
  }

  /** The far end resets the connection. */
  public void reset() {
    end(new Fault(Fault.Kind.CLOSED, "reset"));
  }

  public boolean isClosed() {
    return closed;
  }

  public boolean isReading() {
    return reading;
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public void handler(Handler next) {
    handler = next;
  }

  @Override
  public void write(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    if (!closed) {
      queued.writeBytes(copy);
    }
  }

  @Override
  public void write(Block block, int offset, int length) {
    if (closed) {
      block.release();
      return;
    }
    byte[] copy = new byte[length];
    block.bytes().get(offset, copy);
    queued.writeBytes(copy);
    held.add(block);
  }

  @Override
  public void flush() {
    if (!closed && !stuck) {
      left.writeBytes(queued.toByteArray());
      queued = new ByteArrayOutputStream();
      release();
    }
  }

  @Override
  public long pending() {
    return queued.size();
  }

  @Override
  public void reading(boolean on) {
    reading = on;
  }

  @Override
  public void close() {
    end(new Fault(Fault.Kind.CANCELLED, "closed by us"));
  }

  private void end(Fault fault) {
    if (!closed) {
      closed = true;
      release();
      if (handler != null) {
        loop.execute(() -> handler().onClosed(fault));
      }
    }
  }

  private void release() {
    held.forEach(Block::release);
    held.clear();
  }

  private Handler handler() {
    if (handler == null) {
      throw new IllegalStateException("the pipe has no handler");
    }
    return handler;
  }
}
