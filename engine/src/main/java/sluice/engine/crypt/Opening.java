package sluice.engine.crypt;

import java.nio.ByteBuffer;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.mse.MseHandshake;
import sluice.protocol.mse.MseStep;

/** An MSE handshake on a pipe. Loop only. */
public final class Opening implements Pipe.Handler {
  private final Pipe pipe;
  private final MseHandshake side;
  private final Encryption encryption;
  private final Outcome outcome;
  private boolean over;

  Opening(Pipe pipe, MseHandshake side, Encryption encryption, Outcome outcome) {
    this.pipe = pipe;
    this.side = side;
    this.encryption = encryption;
    this.outcome = outcome;
  }

  /** What became of a pipe; exactly one is called. */
  public interface Outcome {
    /**
     * It carries a stream of the peer protocol. The receiver gives it a handler.
     *
     * @param first what has come of the stream, valid during the call
     */
    void onStream(Pipe stream, ByteBuffer first);

    /** It does not, and is closed. */
    void onFailed(String reason);
  }

  /** Lets an initiator send its key. */
  void begin() {
    queue();
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (!over) {
      take(side.feed(bytes), bytes);
    }
  }

  @Override
  public void onDrained() {
    // A handshake is never large enough to wait for.
  }

  @Override
  public void onClosed(Fault fault) {
    fail(fault.detail());
  }

  private void queue() {
    if (!encryption.work().add(this::work)) {
      fail("too many handshakes");
    }
  }

  private void work() {
    if (!over) {
      take(side.work(), ByteBuffer.allocate(0));
    }
  }

  private void take(MseStep step, ByteBuffer rest) {
    switch (step) {
      case MseStep.Continue(ByteBuffer bytes) -> send(bytes);
      case MseStep.Work w -> queue();
      case MseStep.Failed(String reason) -> fail(reason);
      case MseStep.Done done -> finish(done, rest);
    }
  }

  private void send(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      pipe.write(bytes);
      pipe.flush();
    }
  }

  private void finish(MseStep.Done done, ByteBuffer rest) {
    over = true;
    send(done.bytes());
    byte[] first = new byte[rest.remaining()];
    rest.get(first);
    done.incoming().apply(first, 0, first.length);
    boolean plain = done.incoming().isPlain() && done.outgoing().isPlain();
    Pipe stream =
        plain ? pipe : new CryptPipe(pipe, done.incoming(), done.outgoing(), encryption.scratch());
    outcome.onStream(stream, ByteBuffer.wrap(first));
  }

  private void fail(String reason) {
    if (!over) {
      over = true;
      pipe.close();
      outcome.onFailed(reason);
    }
  }
}
