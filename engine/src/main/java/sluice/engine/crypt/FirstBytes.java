package sluice.engine.crypt;

import java.nio.ByteBuffer;
import sluice.engine.port.Fault;
import sluice.engine.port.Pipe;
import sluice.protocol.wire.HandshakeCodec;

/**
 * Tells plain from encrypted by the first 20 bytes that come: what is not the name of the protocol
 * is taken for the public key of MSE. Loop only.
 */
final class FirstBytes implements Pipe.Handler {
  private final Pipe pipe;
  private final Encryption encryption;
  private final Opening.Outcome outcome;
  private final byte[] first = new byte[HandshakeCodec.NAME_BYTES];
  private int count;

  FirstBytes(Pipe pipe, Encryption encryption, Opening.Outcome outcome) {
    this.pipe = pipe;
    this.encryption = encryption;
    this.outcome = outcome;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    ByteBuffer all = bytes;
    if (count > 0) {
      all = ByteBuffer.allocate(count + bytes.remaining()).put(first, 0, count).put(bytes).flip();
    }
    if (!HandshakeCodec.isPlain(all)) {
      Opening opening = encryption.responder(pipe, outcome);
      pipe.handler(opening);
      opening.onBytes(all);
    } else if (all.remaining() < first.length) {
      count = all.remaining();
      all.get(first, 0, count);
    } else if (encryption.policy().allows(Approach.PLAIN)) {
      outcome.onStream(pipe, all);
    } else {
      pipe.close();
      outcome.onFailed("not encrypted");
    }
  }

  @Override
  public void onDrained() {
    // Nothing has been sent.
  }

  @Override
  public void onClosed(Fault fault) {
    outcome.onFailed(fault.detail());
  }
}
