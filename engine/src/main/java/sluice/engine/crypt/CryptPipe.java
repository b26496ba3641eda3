package sluice.engine.crypt;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Block;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.address.Endpoint;
import sluice.protocol.mse.StreamCipher;

/**
 * A pipe whose bytes are encrypted on the wire. RC4 works on arrays, so bytes are copied into one
 * and, sent, out of it again: one copy received, two sent. The ciphertext of a block goes into
 * another block of the pool, which the plain one has just made free; the pool stays the bound of
 * what waits. Loop only.
 */
final class CryptPipe implements Pipe, Pipe.Handler {
  private final Pipe pipe;
  private final StreamCipher incoming;
  private final StreamCipher outgoing;
  private final Scratch scratch;
  private @Nullable Handler handler;

  CryptPipe(Pipe pipe, StreamCipher incoming, StreamCipher outgoing, Scratch scratch) {
    this.pipe = pipe;
    this.incoming = incoming;
    this.outgoing = outgoing;
    this.scratch = scratch;
  }

  @Override
  public Endpoint remote() {
    return pipe.remote();
  }

  @Override
  public boolean byDatagrams() {
    return pipe.byDatagrams();
  }

  @Override
  public boolean encrypted() {
    return true;
  }

  @Override
  public void handler(Handler receiver) {
    handler = receiver;
    pipe.handler(this);
  }

  @Override
  public void write(ByteBuffer bytes) {
    if (outgoing.isPlain()) {
      pipe.write(bytes);
      return;
    }
    byte[] room = scratch.sent();
    while (bytes.hasRemaining()) {
      int n = Math.min(bytes.remaining(), room.length);
      bytes.get(room, 0, n);
      outgoing.apply(room, 0, n);
      pipe.write(ByteBuffer.wrap(room, 0, n));
    }
  }

  @Override
  public void write(Block block, int offset, int length) {
    if (outgoing.isPlain()) {
      pipe.write(block, offset, length);
      return;
    }
    byte[] room = scratch.sent();
    block.bytes().get(offset, room, 0, length);
    block.release();
    outgoing.apply(room, 0, length);
    Block secret = scratch.block();
    if (secret == null) {
      pipe.write(ByteBuffer.wrap(room, 0, length));
    } else {
      secret.bytes().put(0, room, 0, length);
      pipe.write(secret, 0, length);
    }
  }

  @Override
  public void flush() {
    pipe.flush();
  }

  @Override
  public long pending() {
    return pipe.pending();
  }

  @Override
  public void reading(boolean on) {
    pipe.reading(on);
  }

  @Override
  public void close() {
    pipe.close();
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (incoming.isPlain()) {
      receiver().onBytes(bytes);
      return;
    }
    int n = bytes.remaining();
    byte[] room = scratch.received(n);
    bytes.get(room, 0, n);
    incoming.apply(room, 0, n);
    receiver().onBytes(ByteBuffer.wrap(room, 0, n));
  }

  @Override
  public void onDrained() {
    receiver().onDrained();
  }

  @Override
  public void onClosed(Fault fault) {
    receiver().onClosed(fault);
  }

  private Handler receiver() {
    if (handler == null) {
      throw new IllegalStateException("no handler");
    }
    return handler;
  }
}
