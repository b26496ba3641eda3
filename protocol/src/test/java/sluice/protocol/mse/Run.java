package sluice.protocol.mse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;

/** Runs one side of a handshake, and its ciphers when it is done. */
final class Run {
  private final MseHandshake side;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private MseStep.Done done;
  private String failure = "";

  Run(MseHandshake side) {
    this.side = side;
  }

  /** Makes an initiator send its key. */
  void begin() {
    take(side.work());
  }

  /** Feeds {@code bytes} in two parts. */
  void feed(byte[] bytes, int cut) {
    int at = Math.min(cut, bytes.length);
    feed(Arrays.copyOf(bytes, at));
    feed(Arrays.copyOfRange(bytes, at, bytes.length));
  }

  void feed(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (done == null && failure.isEmpty()) {
      take(side.feed(in));
    }
    if (done != null) {
      byte[] rest = new byte[in.remaining()];
      in.get(rest);
      done.incoming().apply(rest, 0, rest.length);
      received.writeBytes(rest);
    } else if (failure.isEmpty()) {
      Assertions.assertFalse(in.hasRemaining(), "bytes stay unread");
    }
  }

  private void take(MseStep step) {
    switch (step) {
      case MseStep.Continue(ByteBuffer bytes) -> send(bytes);
      case MseStep.Work w -> take(side.work());
      case MseStep.Done last -> {
        send(last.bytes());
        done = last;
      }
      case MseStep.Failed(String reason) -> failure = reason;
    }
  }

  private void send(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    sent.writeBytes(copy);
  }

  /** What was sent since the last call. */
  byte[] sent() {
    byte[] bytes = sent.toByteArray();
    sent.reset();
    return bytes;
  }

  /** What came behind the handshake, decrypted. */
  byte[] received() {
    return received.toByteArray();
  }

  boolean isDone() {
    return done != null;
  }

  /** Why it failed; empty if it did not. */
  String failure() {
    return failure;
  }

  StreamCipher incoming() {
    return done.incoming();
  }

  StreamCipher outgoing() {
    return done.outgoing();
  }
}
