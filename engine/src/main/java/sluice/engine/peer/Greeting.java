package sluice.engine.peer;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import sluice.engine.crypt.Approach;
import sluice.engine.crypt.Encryption;
import sluice.engine.crypt.Opening;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.wire.Handshake;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.ProtocolException;

/** A connection whose handshake has not arrived yet, plain or encrypted. Loop only. */
public final class Greeting implements Pipe.Handler, Opening.Outcome {
  private final Outcome outcome;
  private final HandshakeCodec codec = new HandshakeCodec();
  private Pipe pipe;
  private boolean over;

  private Greeting(Pipe pipe, Outcome outcome) {
    this.pipe = pipe;
    this.outcome = outcome;
  }

  /** Waits for the handshake of a peer that connected. */
  public static Greeting await(Pipe pipe, Encryption encryption, Outcome outcome) {
    Greeting greeting = new Greeting(pipe, outcome);
    encryption.accepted(pipe, greeting);
    return greeting;
  }

  /** Sends {@code ours} by {@code approach} and waits for the answer. */
  public static Greeting send(
      Pipe pipe, Handshake ours, Approach approach, Encryption encryption, Outcome outcome) {
    Greeting greeting = new Greeting(pipe, outcome);
    byte[] bytes = HandshakeCodec.encode(ours);
    switch (approach) {
      case PLAIN -> {
        pipe.write(ByteBuffer.wrap(bytes));
        pipe.flush();
        pipe.handler(greeting);
      }
      case ENCRYPTED -> encryption.dialled(pipe, ours.infoHash(), bytes, greeting);
    }
    return greeting;
  }

  /** Gives up, unless the handshake has come. */
  public void expire() {
    fail("no handshake in time");
  }

  /** Whether it has ended, well or not. */
  public boolean isOver() {
    return over;
  }

  @Override
  public void onStream(Pipe stream, ByteBuffer first) {
    if (!over) {
      pipe = stream;
      stream.handler(this);
      onBytes(first);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (over) {
      return;
    }
    try {
      Optional<Handshake> handshake = codec.feed(bytes);
      if (handshake.isPresent()) {
        over = true;
        outcome.onHandshake(pipe, handshake.get(), bytes);
      }
    } catch (ProtocolException e) {
      fail(Objects.requireNonNullElse(e.getMessage(), e.violation().name()));
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

  @Override
  public void onFailed(String reason) {
    fail(reason);
  }

  private void fail(String reason) {
    if (!over) {
      over = true;
      pipe.close();
      outcome.onFailed(reason);
    }
  }

  /** What became of it; exactly one is called. */
  public interface Outcome {
    /**
     * The peer's handshake. The receiver gives the pipe a new handler or closes it.
     *
     * @param rest received bytes that follow the handshake, valid during the call
     */
    void onHandshake(Pipe pipe, Handshake theirs, ByteBuffer rest);

    /** There will be no handshake; the pipe is closed. */
    void onFailed(String reason);
  }
}
