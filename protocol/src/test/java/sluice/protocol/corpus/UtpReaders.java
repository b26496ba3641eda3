package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.protocol.utp.UtpCodec;
import sluice.protocol.utp.UtpPacket;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** Readers of uTP. */
final class UtpReaders {
  static final List<CorpusReader> ALL =
      List.of(CorpusReader.of("utp-packet", ProtocolException.class, UtpReaders::packet));

  private UtpReaders() {}

  private static void packet(byte[] input) {
    UtpPacket packet =
        UtpCodec.decode(ByteBuffer.wrap(input))
            .orElseThrow(() -> new ProtocolException(Violation.MALFORMED_MESSAGE, "no packet"));
    ByteBuffer out = ByteBuffer.allocate(UtpCodec.size(packet));
    UtpCodec.encode(packet, out);
    if (out.hasRemaining() || !UtpCodec.decode(out.flip()).equals(java.util.Optional.of(packet))) {
      throw new AssertionError("does not come back: " + packet);
    }
    for (int i = packet.selectable(); i < packet.selectable() + 9; i++) {
      if (packet.isSelected(i)) {
        throw new AssertionError("selected beyond the end: " + packet);
      }
    }
  }
}
