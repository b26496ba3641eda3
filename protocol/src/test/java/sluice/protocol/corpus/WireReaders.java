package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.List;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.ProtocolException;

/** Readers of what peers send. */
final class WireReaders {
  static final List<CorpusReader> ALL =
      List.of(
          reader("framer", FramerCheck::withLayout),
          reader("framer-early", FramerCheck::early),
          reader("handshake", WireReaders::handshake),
          reader("extension-handshake", WireReaders::extensionHandshake),
          reader("metadata-message", WireReaders::metadataMessage));

  private WireReaders() {}

  private static CorpusReader reader(String name, CorpusReader.Body body) {
    return new CorpusReader(
        name,
        ProtocolException.class,
        e -> e instanceof ProtocolException p ? p.violation().name() : "",
        input -> {
          body.read(input);
          return () -> {};
        });
  }

  private static void handshake(byte[] input) {
    HandshakeCodec codec = new HandshakeCodec();
    ByteBuffer in = ByteBuffer.wrap(input);
    boolean plain = HandshakeCodec.isPlain(in);
    for (int i = 1; i <= input.length && codec.feed(in.limit(i)).isEmpty(); i++) {
      if (codec.infoHash().isPresent() != i >= 48) {
        throw new AssertionError("an info-hash after " + i + " bytes");
      }
    }
    if (!plain) {
      throw new AssertionError("taken, but not plain");
    }
  }

  private static void extensionHandshake(byte[] input) {
    ExtensionHandshake handshake = ExtensionHandshakeCodec.decode(ByteBuffer.wrap(input));
    byte[] again = ExtensionHandshakeCodec.encode(handshake);
    if (!ExtensionHandshakeCodec.decode(ByteBuffer.wrap(again)).equals(handshake)) {
      throw new AssertionError("does not come back: " + handshake);
    }
  }

  private static void metadataMessage(byte[] input) {
    MetadataMessage message = MetadataCodec.decode(ByteBuffer.wrap(input));
    if (!MetadataCodec.decode(MetadataCodec.encode(message)).equals(message)) {
      throw new AssertionError("does not come back: " + message);
    }
  }
}
