package sluice.protocol.corpus;

import java.util.List;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.KrpcException;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.KrpcReader;
import sluice.protocol.krpc.KrpcWriter;

/** The reader of datagrams of the DHT. */
final class KrpcReaders {
  static final List<CorpusReader> ALL =
      List.of(
          new CorpusReader(
              "krpc",
              KrpcException.class,
              e -> e instanceof KrpcException k ? Integer.toString(k.code()) : "",
              KrpcReaders::read));

  private KrpcReaders() {}

  private static Runnable read(byte[] input) throws KrpcException {
    KrpcMessage message = KrpcReader.read(input);
    return () -> check(message);
  }

  private static void check(KrpcMessage message) {
    if (message instanceof KrpcMessage.Reply(var _, var _, var _, DhtReply reply)
        && (reply.nodes().size() > 2 * DhtReply.MAX_NODES
            || reply.values().size() > DhtReply.MAX_VALUES
            || reply.samples().map(s -> s.infoHashes().size()).orElse(0) > DhtReply.MAX_SAMPLES)) {
      throw new AssertionError("more than the limits allow");
    }
    try {
      byte[] once = KrpcWriter.write(message);
      if (once.length <= KrpcReader.MAX_BYTES && !KrpcReader.read(once).equals(message)) {
        throw new AssertionError("does not come back: " + message);
      }
    } catch (KrpcException e) {
      throw new AssertionError("what is written cannot be read: " + message, e);
    }
  }
}
