package sluice.protocol.corpus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import sluice.protocol.digest.Hash;
import sluice.protocol.merkle.HashRange;
import sluice.protocol.wire.ExtensionHandshake;
import sluice.protocol.wire.ExtensionHandshakeCodec;
import sluice.protocol.wire.FramerLimits;
import sluice.protocol.wire.HandshakeCodec;
import sluice.protocol.wire.HolepunchCodec;
import sluice.protocol.wire.HolepunchMessage;
import sluice.protocol.wire.MetadataCodec;
import sluice.protocol.wire.MetadataMessage;
import sluice.protocol.wire.PexCodec;
import sluice.protocol.wire.PexMessage;
import sluice.protocol.wire.ProtocolException;
import sluice.protocol.wire.Violation;

/** Readers of what peers send. */
final class WireReaders {
  static final List<CorpusReader> ALL =
      List.of(
          reader("framer", FramerCheck::withLayout),
          reader("framer-early", FramerCheck::early),
          reader("handshake", WireReaders::handshake),
          reader("extension-handshake", WireReaders::extensionHandshake),
          reader("metadata-message", WireReaders::metadataMessage),
          reader("peer-exchange", WireReaders::peerExchange),
          reader("hole-punching", WireReaders::holePunching),
          reader("hash-range", WireReaders::hashRange));

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

  private static void peerExchange(byte[] input) {
    PexMessage message = PexCodec.decode(ByteBuffer.wrap(input));
    if (message.added().size() > PexMessage.MAX_READ
        || message.dropped().size() > PexMessage.MAX_READ) {
      throw new AssertionError("more than is read: " + message);
    }
    if (!PexCodec.decode(PexCodec.encode(message)).equals(message)) {
      throw new AssertionError("does not come back: " + message);
    }
  }

  private static void holePunching(byte[] input) {
    HolepunchMessage message =
        HolepunchCodec.decode(ByteBuffer.wrap(input))
            .orElseThrow(() -> new ProtocolException(Violation.MALFORMED_MESSAGE, "not known"));
    if (!HolepunchCodec.decode(HolepunchCodec.encode(message)).equals(Optional.of(message))) {
      throw new AssertionError("does not come back: " + message);
    }
  }

  /** The height of a tree, the fields of a hash request, and the hashes of an answer to it. */
  private static void hashRange(byte[] input) {
    ByteBuffer in = ByteBuffer.wrap(input);
    if (in.remaining() < 5 * Integer.BYTES) {
      throw new ProtocolException(Violation.MALFORMED_MESSAGE, "no fields");
    }
    int height = in.getInt();
    HashRange range = new HashRange(in.getInt(), in.getInt(), in.getInt(), in.getInt());
    Optional<Hash> top = range.top(in, height);
    if (top.isEmpty()) {
      throw new ProtocolException(Violation.MALFORMED_MESSAGE, range.toString());
    }
    boolean inside = range.topLevel() <= height && range.answerLength() <= FramerLimits.HASHES;
    if (!inside || range.topIndex() >= 1L << (height - range.topLevel())) {
      throw new AssertionError("leads out of the tree: " + range);
    }
  }
}
