package sluice.protocol.krpc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import sluice.protocol.address.CompactPeers;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BDictionary;
import sluice.protocol.bencode.BInteger;
import sluice.protocol.bencode.BList;
import sluice.protocol.bencode.BString;
import sluice.protocol.bencode.BValue;
import sluice.protocol.bencode.Bencode;
import sluice.protocol.bencode.BencodeException;
import sluice.protocol.digest.Hash;

/** Writes datagrams of the DHT. */
public final class KrpcWriter {
  /** Our program and version: the letters of our peer ids and two bytes (BEP 5). */
  private static final BString VERSION = BString.of(new byte[] {'S', 'L', 0, 1});

  private KrpcWriter() {}

  /** The bytes of {@code message}. */
  public static byte[] write(KrpcMessage message) {
    BDictionary.Builder top = BDictionary.builder();
    top.put("t", message.transaction()).put("v", VERSION);
    switch (message) {
      case KrpcMessage.Query query -> {
        top.put("y", "q").put("q", query.query().method()).put("a", arguments(query));
        if (query.readOnly()) {
          top.put("ro", 1);
        }
      }
      case KrpcMessage.Reply reply -> {
        top.put("y", "r").put("r", fields(reply));
        reply.seen().ifPresent(seen -> top.put("ip", endpoint(seen)));
      }
      case KrpcMessage.Failure failure ->
          top.put("y", "e")
              .put("e", BList.of(new BInteger(failure.code()), BString.of(failure.message())));
    }
    return Bencode.write(top.build());
  }

  private static BDictionary arguments(KrpcMessage.Query message) {
    BDictionary.Builder a = BDictionary.builder();
    a.put("id", message.id().string());
    switch (message.query()) {
      case DhtQuery.Ping _ -> {}
      case DhtQuery.FindNode(NodeId target, Want want) -> target(a, target, want);
      case DhtQuery.GetPeers get -> {
        a.put("info_hash", get.infoHash().bytes());
        want(a, get.want());
        flag(a, "noseed", get.noSeed());
        flag(a, "scrape", get.scrape());
      }
      case DhtQuery.AnnouncePeer announce -> {
        a.put("info_hash", announce.infoHash().bytes());
        a.put("port", announce.port());
        a.put("token", announce.token());
        a.put("seed", announce.seed() ? 1 : 0);
        flag(a, "implied_port", announce.impliedPort());
      }
      case DhtQuery.Get get -> {
        target(a, get.target(), get.want());
        get.seq().ifPresent(seq -> a.put("seq", seq));
      }
      case DhtQuery.Put put -> {
        a.put("token", put.token());
        put.cas().ifPresent(cas -> a.put("cas", cas));
        item(a, put.item());
      }
      case DhtQuery.SampleInfohashes(NodeId target, Want want) -> target(a, target, want);
      case DhtQuery.Unknown(String _, NodeId target, Want want) -> target(a, target, want);
    }
    return a.build();
  }

  private static void item(BDictionary.Builder a, Item item) {
    a.put("v", value(item.value()));
    switch (item) {
      case Item.Immutable _ -> {}
      case Item.Mutable mutable -> {
        a.put("k", mutable.key()).put("seq", mutable.seq()).put("sig", mutable.signature());
        if (mutable.salt().length() > 0) {
          a.put("salt", mutable.salt());
        }
      }
    }
  }

  private static BDictionary fields(KrpcMessage.Reply message) {
    DhtReply reply = message.reply();
    BDictionary.Builder r = BDictionary.builder();
    r.put("id", message.id().string());
    for (boolean ipv6 : new boolean[] {false, true}) {
      BString nodes = CompactNodes.write(reply.nodes(), ipv6);
      if (nodes.length() > 0) {
        r.put(ipv6 ? "nodes6" : "nodes", nodes);
      }
    }
    if (!reply.values().isEmpty()) {
      List<BValue> values = new ArrayList<>(reply.values().size());
      reply.values().forEach(peer -> values.add(endpoint(peer)));
      r.put("values", new BList(values));
    }
    reply.token().ifPresent(token -> r.put("token", token));
    reply.scrape().ifPresent(s -> r.put("BFsd", s.seeds().bytes()).put("BFpe", s.peers().bytes()));
    reply.seq().ifPresent(seq -> r.put("seq", seq));
    reply
        .item()
        .ifPresent(item -> {
          r.put("v", value(item.value()));
          item.signed().ifPresent(s -> r.put("k", s.key()).put("sig", s.signature()));
        });
    reply.samples().ifPresent(s -> samples(r, s));
    return r.build();
  }

  private static void samples(BDictionary.Builder r, DhtReply.Samples samples) {
    ByteBuffer packed = ByteBuffer.allocate(samples.infoHashes().size() * Hash.SHA1_BYTES);
    samples.infoHashes().forEach(hash -> packed.put(hash.bytes()));
    r.put("interval", samples.intervalSeconds());
    r.put("num", samples.total());
    r.put("samples", packed.array());
  }

  /** Values are checked when they are made or read, and their form is the only one. */
  private static BValue value(BString bencoded) {
    try {
      return Bencode.parse(bencoded.bytes(), Item.VALUE_LIMITS);
    } catch (BencodeException e) {
      throw new IllegalArgumentException("not a bencoded value", e);
    }
  }

  private static void target(BDictionary.Builder a, NodeId target, Want want) {
    a.put("target", target.string());
    want(a, want);
  }

  private static void want(BDictionary.Builder a, Want want) {
    List<BValue> families = new ArrayList<>(2);
    if (want.ipv4()) {
      families.add(BString.of("n4"));
    }
    if (want.ipv6()) {
      families.add(BString.of("n6"));
    }
    if (!families.isEmpty()) {
      a.put("want", new BList(families));
    }
  }

  private static void flag(BDictionary.Builder a, String key, boolean on) {
    if (on) {
      a.put(key, 1);
    }
  }

  private static BString endpoint(Endpoint endpoint) {
    ByteBuffer out = ByteBuffer.allocate(CompactPeers.stride(endpoint.isIpv6()));
    CompactPeers.write(endpoint, out);
    return BString.of(out.array());
  }
}
