package sluice.protocol.krpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.KrpcReader.Fields;

/** The fields of replies. */
final class ReplyReader {
  private ReplyReader() {}

  static DhtReply read(Fields r) throws KrpcException {
    Optional<BString> token = r.optional("token");
    if (token.isPresent() && token.get().length() > DhtReply.MAX_TOKEN_BYTES) {
      throw r.refuse("token too long");
    }
    return new DhtReply(
        nodes(r), values(r), token, scrape(r), item(r), r.integer("seq"), samples(r));
  }

  private static List<NodeInfo> nodes(Fields r) throws KrpcException {
    List<NodeInfo> nodes = new ArrayList<>();
    read(r, "nodes", false, nodes);
    read(r, "nodes6", true, nodes);
    return nodes;
  }

  private static void read(Fields r, String key, boolean ipv6, List<NodeInfo> out)
      throws KrpcException {
    Optional<BString> bytes = r.optional(key);
    if (bytes.isPresent()) {
      if (bytes.get().length() % CompactNodes.stride(ipv6) != 0) {
        throw r.refuse(key + " has " + bytes.get().length() + " bytes");
      }
      CompactNodes.read(bytes.get(), ipv6, DhtReply.MAX_NODES, out);
    }
  }

  private static List<Endpoint> values(Fields r) throws KrpcException {
    List<Endpoint> peers = new ArrayList<>();
    if (r.from().get("values").isEmpty()) {
      return peers;
    }
    for (BValue value : r.from().list("values").orElseThrow(() -> r.refuse("values")).items()) {
      if (value instanceof BString s && peers.size() < DhtReply.MAX_VALUES) {
        boolean ipv6 = s.length() == CompactPeers.stride(true);
        if (ipv6 || s.length() == CompactPeers.stride(false)) {
          CompactPeers.read(s.view(), ipv6, DhtReply.MAX_VALUES, peers);
        }
      }
    }
    return peers;
  }

  private static Optional<DhtReply.Scrape> scrape(Fields r) throws KrpcException {
    if (r.optional("BFsd").isEmpty() || r.optional("BFpe").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new DhtReply.Scrape(
            AddressBloom.of(r.string("BFsd", AddressBloom.BYTES)),
            AddressBloom.of(r.string("BFpe", AddressBloom.BYTES))));
  }

  private static Optional<DhtReply.Stored> item(Fields r) throws KrpcException {
    Optional<byte[]> raw = r.from().raw("v");
    if (raw.isEmpty()) {
      return Optional.empty();
    }
    if (!Item.isValue(raw.get())) {
      throw r.refuse("v is not a value");
    }
    BString value = BString.of(raw.get());
    OptionalLong seq = r.integer("seq");
    if (r.optional("k").isEmpty() || r.optional("sig").isEmpty() || seq.isEmpty()) {
      return Optional.of(new DhtReply.Stored(value, Optional.empty()));
    }
    DhtReply.Signed signed =
        new DhtReply.Signed(
            r.string("k", Ed25519.KEY_BYTES),
            seq.getAsLong(),
            r.string("sig", Ed25519.SIGNATURE_BYTES));
    return Optional.of(new DhtReply.Stored(value, Optional.of(signed)));
  }

  private static Optional<DhtReply.Samples> samples(Fields r) throws KrpcException {
    Optional<BString> packed = r.optional("samples");
    if (packed.isEmpty()) {
      return Optional.empty();
    }
    if (packed.get().length() % Hash.SHA1_BYTES != 0) {
      throw r.refuse("samples has " + packed.get().length() + " bytes");
    }
    List<Hash> hashes = new ArrayList<>();
    ByteBuffer in = packed.get().view();
    while (in.hasRemaining() && hashes.size() < DhtReply.MAX_SAMPLES) {
      byte[] hash = new byte[Hash.SHA1_BYTES];
      in.get(hash);
      hashes.add(Hash.of(hash));
    }
    int interval =
        Math.clamp(r.integer("interval").orElse(0), 0, DhtReply.Samples.MAX_INTERVAL_SECONDS);
    long total = Math.max(hashes.size(), r.integer("num").orElse(0));
    return Optional.of(new DhtReply.Samples(hashes, interval, total));
  }
}
