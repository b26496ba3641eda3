package sluice.engine.dht;

import java.util.List;
import java.util.Optional;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.KrpcWriter;

/** Makes answers short enough, by leaving things out. Pure. */
final class Fitting {
  /** Longest answer: it leaves no fragments on any way, and little for an amplifier. */
  static final int MAX_BYTES = 1_400;

  private Fitting() {}

  /** The bytes of {@code message} in at most {@code most}, or nothing if that is not possible. */
  static Optional<byte[]> write(KrpcMessage message, int most) {
    int limit = Math.min(most, MAX_BYTES);
    KrpcMessage left = message;
    byte[] bytes = KrpcWriter.write(left);
    while (bytes.length > limit) {
      if (!(left instanceof KrpcMessage.Reply reply)) {
        return Optional.empty();
      }
      Optional<DhtReply> less = less(reply.reply());
      if (less.isEmpty()) {
        return Optional.empty();
      }
      left = new KrpcMessage.Reply(reply.transaction(), reply.id(), reply.seen(), less.get());
      bytes = KrpcWriter.write(left);
    }
    return Optional.of(bytes);
  }

  private static Optional<DhtReply> less(DhtReply reply) {
    if (reply.scrape().isPresent()) {
      return Optional.of(reply.scrape(Optional.empty()));
    }
    if (reply.values().size() > 1) {
      return Optional.of(reply.values(half(reply.values())));
    }
    if (reply.nodes().size() > 1) {
      return Optional.of(reply.nodes(half(reply.nodes())));
    }
    if (reply.samples().map(s -> s.infoHashes().size() > 1).orElse(false)) {
      DhtReply.Samples s = reply.samples().get();
      return Optional.of(
          reply.samples(
              new DhtReply.Samples(half(s.infoHashes()), s.intervalSeconds(), s.total())));
    }
    return Optional.empty();
  }

  private static <T> List<T> half(List<T> all) {
    return all.subList(0, all.size() / 2);
  }
}
