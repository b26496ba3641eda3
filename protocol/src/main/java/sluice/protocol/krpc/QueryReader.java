package sluice.protocol.krpc;

import java.util.Optional;
import java.util.OptionalLong;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.KrpcReader.Fields;

/** The arguments of queries. */
final class QueryReader {
  private static final int MAX_PORT = 65_535;

  private QueryReader() {}

  static DhtQuery read(BString method, Fields a) throws KrpcException {
    return switch (method.length() <= 32 ? method.utf8() : "") {
      case "ping" -> new DhtQuery.Ping();
      case "find_node" -> new DhtQuery.FindNode(a.id("target"), want(a));
      case "get_peers" ->
          new DhtQuery.GetPeers(hash(a), want(a), a.flag("noseed"), a.flag("scrape"));
      case "announce_peer" -> announce(a);
      case "get" -> new DhtQuery.Get(a.id("target"), a.integer("seq"), want(a));
      case "put" -> new DhtQuery.Put(token(a), item(a), a.integer("cas"));
      case "sample_infohashes" -> new DhtQuery.SampleInfohashes(a.id("target"), want(a));
      default -> unknown(a);
    };
  }

  private static DhtQuery unknown(Fields a) throws KrpcException {
    for (String key : new String[] {"target", "info_hash"}) {
      if (a.from().string(key).filter(s -> s.length() == NodeId.BYTES).isPresent()) {
        return new DhtQuery.Unknown("unknown", a.id(key), want(a));
      }
    }
    throw a.refuse("method unknown", KrpcError.UNKNOWN_METHOD);
  }

  private static DhtQuery announce(Fields a) throws KrpcException {
    boolean implied = a.flag("implied_port");
    long port = a.integer("port").orElse(0);
    if (!implied && (port < 1 || port > MAX_PORT)) {
      throw a.refuse("port out of range");
    }
    return new DhtQuery.AnnouncePeer(
        hash(a), implied ? 0 : (int) port, implied, a.flag("seed"), token(a));
  }

  private static Item item(Fields a) throws KrpcException {
    byte[] raw = a.from().raw("v").orElseThrow(() -> a.refuse("no v"));
    if (raw.length > Item.MAX_VALUE_BYTES) {
      throw a.refuse("message (v field) too big", KrpcError.VALUE_TOO_BIG);
    }
    if (!Item.isValue(raw)) {
      throw a.refuse("v is not bencoded as it ought to be");
    }
    BString value = BString.of(raw);
    if (a.optional("k").isEmpty()) {
      return new Item.Immutable(value);
    }
    BString salt = a.optional("salt").orElse(BString.of(""));
    if (salt.length() > Item.MAX_SALT_BYTES) {
      throw a.refuse("salt too big", KrpcError.SALT_TOO_BIG);
    }
    OptionalLong seq = a.integer("seq");
    return new Item.Mutable(
        a.string("k", Ed25519.KEY_BYTES),
        salt,
        seq.orElseThrow(() -> a.refuse("no seq")),
        value,
        a.string("sig", Ed25519.SIGNATURE_BYTES));
  }

  private static BString token(Fields a) throws KrpcException {
    BString token = a.string("token");
    if (token.length() > DhtReply.MAX_TOKEN_BYTES) {
      throw a.refuse("token too long");
    }
    return token;
  }

  private static Hash hash(Fields a) throws KrpcException {
    return Hash.of(a.string("info_hash", NodeId.BYTES).bytes());
  }

  private static Want want(Fields a) {
    Optional<BList> list = a.from().list("want");
    if (list.isEmpty()) {
      return Want.UNSAID;
    }
    boolean ipv4 = false;
    boolean ipv6 = false;
    for (BValue value : list.get().items()) {
      ipv4 |= value instanceof BString s && s.is("n4");
      ipv6 |= value instanceof BString s && s.is("n6");
    }
    return new Want(ipv4, ipv6);
  }
}
