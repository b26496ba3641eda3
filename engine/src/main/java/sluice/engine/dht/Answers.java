package sluice.engine.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.KrpcError;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;
import sluice.protocol.krpc.Want;

/** What a node answers to each query. Loop only. */
final class Answers {
  /** Nodes in an answer (BEP 5: K). */
  static final int NODES = 8;

  /** Most peers in an answer. */
  static final int MAX_VALUES = 50;

  /** Most info-hashes in an answer (BEP 51). */
  static final int MAX_SAMPLES = 20;

  /** The sample is the same for so long (BEP 51). */
  static final int SAMPLE_SECONDS = 600;

  private static final long NANOS = 1_000_000_000L;

  private final DhtNode node;
  private final PeerStore peers;
  private final ItemStore items;
  private final Tokens tokens;
  private List<Hash> sample = List.of();
  private long sampledNanos;

  Answers(DhtNode node, PeerStore peers, ItemStore items, Tokens tokens) {
    this.node = node;
    this.peers = peers;
    this.items = items;
    this.tokens = tokens;
  }

  /** The answer to {@code query} of {@code from}. */
  KrpcMessage answer(KrpcMessage.Query query, Endpoint from, long now) {
    BString transaction = query.transaction();
    return switch (query.query()) {
      case DhtQuery.Ping _ -> reply(transaction, from, DhtReply.EMPTY);
      case DhtQuery.FindNode(NodeId target, Want want) ->
          reply(transaction, from, near(target, want));
      case DhtQuery.Unknown(String _, NodeId target, Want want) ->
          reply(transaction, from, near(target, want));
      case DhtQuery.GetPeers get -> reply(transaction, from, peers(get, from, now));
      case DhtQuery.AnnouncePeer announce -> announce(transaction, announce, from, now);
      case DhtQuery.Get get -> reply(transaction, from, item(get, from, now));
      case DhtQuery.Put put -> put(transaction, put, from, now);
      case DhtQuery.SampleInfohashes(NodeId target, Want want) ->
          reply(transaction, from, near(target, want).samples(samples(now)));
    };
  }

  private KrpcMessage reply(BString transaction, Endpoint to, DhtReply reply) {
    return new KrpcMessage.Reply(transaction, node.id(), Optional.of(to), reply);
  }

  private static KrpcMessage refuse(BString transaction, int code, String message) {
    return new KrpcMessage.Failure(transaction, code, message);
  }

  private DhtReply near(NodeId target, Want want) {
    boolean unsaid = !want.ipv4() && !want.ipv6();
    List<NodeInfo> nodes = new ArrayList<>(NODES);
    if (unsaid ? !node.isIpv6() : want.ipv4()) {
      nodes.addAll(node.near(target, NODES, false));
    }
    if (unsaid ? node.isIpv6() : want.ipv6()) {
      nodes.addAll(node.near(target, NODES, true));
    }
    return DhtReply.EMPTY.nodes(nodes);
  }

  private DhtReply peers(DhtQuery.GetPeers get, Endpoint from, long now) {
    Hash torrent = get.infoHash();
    List<Endpoint> some =
        peers.some(torrent, node.isIpv6(), get.noSeed(), MAX_VALUES, now).stream()
            .filter(peer -> mayTell(peer, from))
            .toList();
    return near(NodeId.of(torrent), get.want())
        .values(some)
        .token(tokens.give(from.address(), now))
        .scrape(get.scrape() ? peers.scrape(torrent, now) : Optional.empty());
  }

  /** Peers of a private network are nobody's business outside. */
  private static boolean mayTell(Endpoint peer, Endpoint to) {
    return !SecureIds.isExempt(peer.address()) || SecureIds.isExempt(to.address());
  }

  private KrpcMessage announce(
      BString transaction, DhtQuery.AnnouncePeer announce, Endpoint from, long now) {
    if (!tokens.accepts(announce.token(), from.address(), now)) {
      return refuse(transaction, KrpcError.PROTOCOL, "bad token");
    }
    node.guard().prove(from, now);
    int port = announce.impliedPort() ? from.port() : announce.port();
    Endpoint peer = new Endpoint(from.address(), port);
    peers.add(announce.infoHash(), peer, announce.seed(), now);
    node.announced(announce.infoHash(), peer);
    return reply(transaction, from, DhtReply.EMPTY);
  }

  private DhtReply item(DhtQuery.Get get, Endpoint from, long now) {
    DhtReply base = near(get.target(), get.want()).token(tokens.give(from.address(), now));
    Optional<Item> found = items.find(get.target(), now);
    if (found.isEmpty()) {
      return base;
    }
    return switch (found.get()) {
      case Item.Immutable(BString value) -> base.item(new DhtReply.Stored(value, Optional.empty()));
      case Item.Mutable item when isKnown(get.seq(), item) -> base.seq(item.seq());
      case Item.Mutable item ->
          base.item(
              new DhtReply.Stored(
                  item.value(),
                  Optional.of(new DhtReply.Signed(item.key(), item.seq(), item.signature()))));
    };
  }

  private static boolean isKnown(OptionalLong seq, Item.Mutable item) {
    return seq.isPresent() && item.seq() <= seq.getAsLong();
  }

  private KrpcMessage put(BString transaction, DhtQuery.Put put, Endpoint from, long now) {
    if (!tokens.accepts(put.token(), from.address(), now)) {
      return refuse(transaction, KrpcError.PROTOCOL, "bad token");
    }
    node.guard().prove(from, now);
    if (put.item() instanceof Item.Mutable item && !item.isSigned()) {
      return refuse(transaction, KrpcError.BAD_SIGNATURE, "invalid signature");
    }
    OptionalInt refused = items.put(put.item(), put.cas(), now);
    if (refused.isPresent()) {
      boolean cas = refused.getAsInt() == KrpcError.CAS_MISMATCH;
      return refuse(
          transaction,
          refused.getAsInt(),
          cas ? "CAS mismatched, re-read and try again" : "sequence number less than current");
    }
    return reply(transaction, from, DhtReply.EMPTY);
  }

  private DhtReply.Samples samples(long now) {
    int total = peers.torrents();
    if (total <= MAX_SAMPLES) {
      return new DhtReply.Samples(peers.sample(MAX_SAMPLES), 0, total);
    }
    if (sample.isEmpty() || now - sampledNanos >= SAMPLE_SECONDS * NANOS) {
      sample = peers.sample(MAX_SAMPLES);
      sampledNanos = now;
    }
    return new DhtReply.Samples(sample, SAMPLE_SECONDS, total);
  }
}
