package sluice.protocol.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.nat.GatewayXml;
import sluice.protocol.nat.MapCodec;
import sluice.protocol.nat.SsdpCodec;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** Readers of what routers say. */
final class NatReaders {
  private static final byte[] NONCE = "abcdefghijkl".getBytes(ISO_8859_1);

  static final List<CorpusReader> ALL =
      List.of(
          CorpusReader.of(
              "port-map",
              ProtocolException.class,
              input -> require(MapCodec.decode(ByteBuffer.wrap(input), NONCE))),
          CorpusReader.of(
              "ssdp",
              ProtocolException.class,
              input -> require(SsdpCodec.location(ByteBuffer.wrap(input)))),
          CorpusReader.of(
              "igd-xml",
              ProtocolException.class,
              input ->
                  require(
                      GatewayXml.services(new String(input, ISO_8859_1))
                          .filter(services -> !services.isEmpty()))));

  private NatReaders() {}

  private static void require(Optional<?> read) {
    if (read.isEmpty()) {
      throw new ProtocolException(Violation.MALFORMED_MESSAGE, "nothing");
    }
  }
}
