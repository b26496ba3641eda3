package sluice.engine.utp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;

/** A {@link UtpConnection} as a pipe. Loop only. */
final class UtpPipe implements Pipe, Wire {
  private static final int LOW_WATERMARK_BYTES = 128 * 1024;
  private static final Fault BY_US = new Fault(Fault.Kind.CANCELLED, "closed by this side");

  private final Loop loop;
  private final Endpoint remote;
  private final Owner owner;
  private final Runnable drained = this::drained;
  private @Nullable UtpConnection connection;
  private @Nullable Handler handler;
  private @Nullable Fault end;
  private boolean reading = true;
  private boolean introduced;
  private boolean told;

  /** The handler is told when {@link #pending} falls below this; 0 for never. */
  private long tellBelow;

  /** The socket of the pipe. */
  interface Owner {
    /** Sends a datagram to {@code to}, cut into fragments if need be. */
    void send(Endpoint to, ByteBuffer datagram, boolean fragments);

    /** The connection is open. */
    void onConnected(UtpPipe pipe);

    /** The connection was never open. */
    void onFailed(UtpPipe pipe, Fault fault);
  }

  UtpPipe(Loop loop, Endpoint remote, Owner owner) {
    this.loop = loop;
    this.remote = remote;
    this.owner = owner;
  }

  /** The connection behind it, which gives nothing until there is a handler. */
  void connection(UtpConnection made) {
    connection = made;
    made.reading(false, loop.now());
  }

  UtpConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("no connection");
    }
    return connection;
  }

  /** A turn with packets or time for the connection has ended. */
  void turnEnd(long now) {
    connection().turnEnd(now);
    if (pending() < tellBelow) {
      tellBelow = pending() > 0 ? 1 : 0;
      loop.execute(drained);
    }
  }

  private void drained() {
    if (end == null && handler != null) {
      handler.onDrained();
    }
  }

  @Override
  public Endpoint remote() {
    return remote;
  }

  @Override
  public boolean byDatagrams() {
    return true;
  }

  @Override
  public void handler(Handler receiver) {
    handler = receiver;
    loop.execute(this::resume);
  }

  private void resume() {
    if (end != null) {
      tellEnd();
    } else if (reading && handler != null) {
      connection().reading(true, loop.now());
    }
  }

  @Override
  public void reading(boolean on) {
    if (reading == on) {
      return;
    }
    reading = on;
    if (on) {
      loop.execute(this::resume);
    } else if (end == null) {
      connection().reading(false, loop.now());
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    if (end == null) {
      connection().outflow().add(bytes);
      queued();
    }
  }

  @Override
  public void write(Block block, int offset, int length) {
    if (end == null) {
      connection().outflow().add(block, offset, length);
      queued();
    } else {
      block.release();
    }
  }

  private void queued() {
    if (pending() >= LOW_WATERMARK_BYTES) {
      tellBelow = LOW_WATERMARK_BYTES;
    }
  }

  @Override
  public void flush() {
    if (end == null) {
      connection().flush(loop.now());
      if (pending() > 0 && tellBelow == 0) {
        tellBelow = 1;
      }
    }
  }

  @Override
  public long pending() {
    return connection().outflow().bytes();
  }

  @Override
  public void close() {
    if (end == null) {
      connection().close(loop.now());
      onClosed(BY_US);
    }
  }

  @Override
  public void send(ByteBuffer datagram, boolean fragments) {
    owner.send(remote, datagram, fragments);
  }

  @Override
  public void onConnected() {
    introduced = true;
    owner.onConnected(this);
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (handler != null && end == null) {
      handler.onBytes(bytes);
    }
  }

  @Override
  public void onClosed(Fault fault) {
    if (end != null) {
      return;
    }
    end = fault;
    if (introduced) {
      loop.execute(this::tellEnd);
    } else {
      owner.onFailed(this, fault);
    }
  }

  private void tellEnd() {
    if (!told && handler != null && end != null) {
      told = true;
      handler.onClosed(end);
    }
  }
}
