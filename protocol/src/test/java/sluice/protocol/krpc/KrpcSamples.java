package sluice.protocol.krpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.address.Endpoint;
import sluice.protocol.address.IpLiteral;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;

/** One message of each kind. */
public final class KrpcSamples {
  private static final NodeId ID = NodeId.of(Hash.sha1(new byte[] {1}));
  private static final NodeId TARGET = NodeId.of(Hash.sha1(new byte[] {2}));
  private static final BString TRANSACTION = BString.of("ab");
  private static final BString TOKEN = BString.of("12345678");
  private static final Endpoint IPV4 = at("192.0.2.1");
  private static final Endpoint IPV6 = at("2001:db8::1");

  private KrpcSamples() {}

  /** All kinds of queries, replies and a refusal. */
  public static List<KrpcMessage> all() {
    Hash hash = TARGET.hash();
    BString bytes32 = BString.of(new byte[32]);
    BString bytes64 = BString.of(new byte[64]);
    BString value = BString.of("d1:a1:be");
    Item signed = new Item.Mutable(bytes32, BString.of("salt"), 7, value, bytes64);
    List<KrpcMessage> all = new ArrayList<>();
    for (DhtQuery query :
        List.of(
            new DhtQuery.Ping(),
            new DhtQuery.FindNode(TARGET, Want.BOTH),
            new DhtQuery.GetPeers(hash, Want.UNSAID, true, true),
            new DhtQuery.GetPeers(hash, new Want(false, true), false, false),
            new DhtQuery.AnnouncePeer(hash, 6881, false, true, TOKEN),
            new DhtQuery.AnnouncePeer(hash, 0, true, false, TOKEN),
            new DhtQuery.Get(TARGET, OptionalLong.of(3), Want.UNSAID),
            new DhtQuery.Put(TOKEN, new Item.Immutable(value), OptionalLong.empty()),
            new DhtQuery.Put(TOKEN, signed, OptionalLong.of(6)),
            new DhtQuery.SampleInfohashes(TARGET, Want.UNSAID))) {
      all.add(new KrpcMessage.Query(TRANSACTION, ID, all.isEmpty(), query));
    }
    DhtReply.Signed key = new DhtReply.Signed(bytes32, 7, bytes64);
    for (DhtReply reply :
        List.of(
            DhtReply.EMPTY,
            DhtReply.EMPTY
                .nodes(List.of(new NodeInfo(ID, IPV4), new NodeInfo(TARGET, IPV6)))
                .values(List.of(IPV4, IPV6))
                .token(TOKEN),
            DhtReply.EMPTY.item(new DhtReply.Stored(value, Optional.empty())),
            DhtReply.EMPTY.item(new DhtReply.Stored(value, Optional.of(key))),
            DhtReply.EMPTY.seq(8),
            DhtReply.EMPTY.scrape(
                Optional.of(new DhtReply.Scrape(AddressBloom.empty(), AddressBloom.empty()))),
            DhtReply.EMPTY.samples(new DhtReply.Samples(List.of(hash), 60, 1)))) {
      boolean bare = reply.equals(DhtReply.EMPTY);
      Optional<Endpoint> seen = bare ? Optional.empty() : Optional.of(IPV4);
      all.add(new KrpcMessage.Reply(TRANSACTION, ID, seen, reply));
    }
    all.add(new KrpcMessage.Failure(TRANSACTION, KrpcError.PROTOCOL, "Protocol Error"));
    return all;
  }

  private static Endpoint at(String address) {
    return new Endpoint(IpLiteral.parse(address).orElseThrow(), 6881);
  }
}
