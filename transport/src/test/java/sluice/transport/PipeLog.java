package sluice.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import sluice.engine.port.Fault;
import sluice.engine.port.Loop;
import sluice.engine.port.Pipe;

/** A pipe's handler that checks its thread and keeps what it was told. */
final class PipeLog implements Pipe.Handler {
  final CompletableFuture<Fault> closed = new CompletableFuture<>();
  Consumer<ByteBuffer> onBytes = bytes -> {};
  Runnable onDrained = () -> {};
  volatile long received;
  volatile int ends;

  private final Loop loop;

  PipeLog(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    checkThread();
    received += bytes.remaining();
    onBytes.accept(bytes);
  }

  @Override
  public void onDrained() {
    checkThread();
    onDrained.run();
  }

  @Override
  public void onClosed(Fault fault) {
    checkThread();
    ends++;
    closed.complete(fault);
  }

  private void checkThread() {
    if (!loop.isCurrent()) {
      throw new IllegalStateException("called on " + Thread.currentThread());
    }
  }
}
