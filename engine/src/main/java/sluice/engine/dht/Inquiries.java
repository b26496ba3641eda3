package sluice.engine.dht;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.bencode.BString;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.AddressBloom;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.Item;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.Want;

/** Questions to the DHT that are answered once. Loop only. */
public final class Inquiries {
  private static final long RETRY_NANOS = 500_000_000L;

  private final Dht dht;
  private final Loop loop;

  Inquiries(Dht dht, Loop loop) {
    this.dht = dht;
    this.loop = loop;
  }

  /**
   * What is said about the number of peers (BEP 33).
   *
   * @param nodes that answered, the nearest ones
   */
  public record Numbers(int nodes, double seeds, double peers) {}

  /** An answer to a ping. */
  public record Pong(NodeId id, long roundTripNanos, Optional<Endpoint> seen) {}

  /** What became of a put. */
  public record Stored(int nodes, List<String> refusals) {
    public Stored {
      refusals = List.copyOf(refusals);
    }
  }

  /** Asks one node whether it is there. */
  public void ping(Endpoint to, Consumer<Optional<Pong>> told) {
    Optional<DhtNode> node =
        dht.bound().stream().filter(n -> n.isIpv6() == to.isIpv6()).findFirst();
    if (node.isEmpty()) {
      told.accept(Optional.empty());
      return;
    }
    long sent = loop.now();
    node.get()
        .ask(
            to,
            new DhtQuery.Ping(),
            new Answer(
                reply ->
                    told.accept(Optional.of(new Pong(reply.id(), loop.now() - sent, reply.seen()))),
                message -> told.accept(Optional.empty())));
  }

  /** Looks for peers of a torrent; {@code each} hears of them as they come. */
  public void peers(Hash torrent, Consumer<List<Endpoint>> each, Consumer<Numbers> done) {
    AddressBloom seeds = AddressBloom.empty();
    AddressBloom others = AddressBloom.empty();
    DhtQuery query = new DhtQuery.GetPeers(torrent, Want.UNSAID, false, true);
    run(
        NodeId.of(torrent),
        query,
        (from, reply) -> {
          reply
              .scrape()
              .ifPresent(s -> {
                seeds.join(s.seeds());
                others.join(s.peers());
              });
          if (!reply.values().isEmpty()) {
            each.accept(reply.values());
          }
          return false;
        },
        nodes -> done.accept(new Numbers(nodes, seeds.estimate(), others.estimate())));
  }

  /**
   * Looks for an item; of a mutable one the most recent that has a right signature.
   *
   * @param salt of a mutable item
   */
  public void get(NodeId target, BString salt, Consumer<Optional<Item>> done) {
    List<Item> best = new ArrayList<>(1);
    run(
        target,
        new DhtQuery.Get(target, OptionalLong.empty(), Want.UNSAID),
        (from, reply) -> {
          Optional<Item> item = reply.item().map(stored -> item(stored, salt));
          if (item.isEmpty() || !item.get().target().equals(target)) {
            return false;
          }
          return switch (item.get()) {
            case Item.Immutable found -> {
              best.clear();
              best.add(found);
              yield true;
            }
            case Item.Mutable found -> {
              boolean newer =
                  best.isEmpty()
                      || (best.getFirst() instanceof Item.Mutable last && last.seq() < found.seq());
              if (newer && found.isSigned()) {
                best.clear();
                best.add(found);
              }
              yield false;
            }
          };
        },
        nodes -> done.accept(best.stream().findFirst()));
  }

  private static Item item(DhtReply.Stored stored, BString salt) {
    return stored
        .signed()
        .<Item>map(s -> new Item.Mutable(s.key(), salt, s.seq(), stored.value(), s.signature()))
        .orElseGet(() -> new Item.Immutable(stored.value()));
  }

  /** Stores an item at the nodes nearest to its place. */
  public void put(Item item, OptionalLong cas, Consumer<Stored> done) {
    NodeId target = item.target();
    Putting putting = new Putting(item, cas, done);
    start(target, putting);
  }

  /** Asks nodes near {@code target} which torrents they know of (BEP 51). */
  public void sample(NodeId target, Consumer<DhtReply.Samples> each, Consumer<Integer> done) {
    run(
        target,
        new DhtQuery.SampleInfohashes(target, Want.UNSAID),
        (from, reply) -> {
          reply.samples().ifPresent(each);
          return false;
        },
        done);
  }

  /** Takes an answer, and says whether that is enough. */
  private interface Taker {
    boolean take(NodeInfo from, DhtReply reply);
  }

  private void run(NodeId target, DhtQuery query, Taker taker, Consumer<Integer> done) {
    start(target, new Asking(query, taker, done));
  }

  private void start(NodeId target, Asking asking) {
    List<DhtNode> nodes = dht.bound();
    if (nodes.isEmpty()) {
      loop.after(RETRY_NANOS, asking::onEnd);
    } else {
      asking.everywhere = new Everywhere(nodes, target, asking);
    }
  }

  /** A look-up that one question needs. */
  private static class Asking implements Everywhere.Visitor {
    private final DhtQuery query;
    private final Taker taker;
    private final Consumer<Integer> done;
    private @Nullable Everywhere everywhere;
    private int nodes;

    Asking(DhtQuery query, Taker taker, Consumer<Integer> done) {
      this.query = query;
      this.taker = taker;
      this.done = done;
    }

    @Override
    public DhtQuery query() {
      return query;
    }

    @Override
    public void onReply(DhtNode node, NodeInfo from, DhtReply reply) {
      if (taker.take(from, reply) && everywhere != null) {
        everywhere.stop();
        done.accept(1);
      }
    }

    @Override
    public void onNearest(DhtNode node, List<Lookup.Answered> nearest) {
      nodes += nearest.size();
    }

    @Override
    public void onEnd() {
      done.accept(nodes);
    }
  }

  /** Looks for the nearest nodes, then stores at them. */
  private static final class Putting extends Asking {
    private final Item item;
    private final OptionalLong cas;
    private final Consumer<Stored> done;
    private final List<String> refusals = new ArrayList<>();
    private int open = 1;
    private int stored;

    Putting(Item item, OptionalLong cas, Consumer<Stored> done) {
      super(
          new DhtQuery.Get(item.target(), OptionalLong.empty(), Want.UNSAID),
          (from, reply) -> false,
          nodes -> {});
      this.item = item;
      this.cas = cas;
      this.done = done;
    }

    @Override
    public void onNearest(DhtNode node, List<Lookup.Answered> nearest) {
      for (Lookup.Answered answered : nearest) {
        Optional<BString> token = answered.reply().token();
        if (token.isPresent()) {
          open++;
          node.ask(
              answered.node(),
              new DhtQuery.Put(token.get(), item, cas),
              new Answer(
                  reply -> {
                    stored++;
                    closeOne();
                  },
                  message -> {
                    refusals.add(message);
                    closeOne();
                  }));
        }
      }
    }

    @Override
    public void onEnd() {
      closeOne();
    }

    private void closeOne() {
      if (--open == 0) {
        done.accept(new Stored(stored, refusals));
      }
    }
  }

  /** One answer or none. */
  private record Answer(Consumer<KrpcMessage.Reply> good, Consumer<String> bad)
      implements Calls.Handler {
    @Override
    public void onReply(KrpcMessage.Reply reply) {
      good.accept(reply);
    }

    @Override
    public void onRefused(KrpcMessage.Failure failure) {
      bad.accept(failure.code() + " " + failure.message());
    }

    @Override
    public void onSilence() {
      bad.accept("no answer");
    }
  }
}
