package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.lsd.LsdCodec;
import sluice.protocol.lsd.LsdMessage;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** Readers of local service discovery. */
final class LsdReaders {
  private static final Endpoint GROUP =
      new Endpoint(IpLiteral.parse("239.192.152.143").orElseThrow(), 6771);

  static final List<CorpusReader> ALL =
      List.of(CorpusReader.of("lsd-message", ProtocolException.class, LsdReaders::message));

  private LsdReaders() {}

  private static void message(byte[] input) {
    LsdMessage message =
        LsdCodec.decode(ByteBuffer.wrap(input))
            .orElseThrow(() -> new ProtocolException(Violation.MALFORMED_MESSAGE, "no message"));
    if (message.hashes().size() > LsdMessage.MAX_HASHES) {
      throw new AssertionError("more than is read: " + message);
    }
    ByteBuffer again = LsdCodec.encode(message, GROUP);
    if (!LsdCodec.decode(again).equals(Optional.of(message))) {
      throw new AssertionError("does not come back: " + message);
    }
  }
}
