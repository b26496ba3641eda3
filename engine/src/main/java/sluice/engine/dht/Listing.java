package sluice.engine.dht;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Entropy;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.digest.Hash;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.Want;

/** One torrent in the DHT: listed as ours again and again, and its peers looked for. Loop only. */
public final class Listing {
  /** So often a peer is listed anew, at least. */
  static final long RENEW_NANOS = 15 * 60_000_000_000L;

  /** Added to that by chance, so that torrents that came together part. */
  static final int SPREAD_SECONDS = 300;

  private static final long FIRST_PAUSE_NANOS = 2_000_000_000L;

  private static final long MAX_PAUSE_NANOS = 300_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Dht dht;
  private final Loop loop;
  private final Entropy entropy;
  private final Hash torrent;
  private final Supplier<Self> self;
  private final Consumer<List<Endpoint>> peers;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long endedNanos;
  private boolean wanted;
  private boolean listed;
  private boolean closed;
  private @Nullable Everywhere search;
  private Loop.@Nullable Timer timer;

  /**
   * What others are told of us.
   *
   * @param port where we accept peers; 0 if we do not
   * @param seed we have all
   */
  public record Self(int port, boolean seed) {}

  Listing(
      Dht dht,
      Loop loop,
      Entropy entropy,
      Hash torrent,
      Supplier<Self> self,
      Consumer<List<Endpoint>> peers) {
    this.dht = dht;
    this.loop = loop;
    this.entropy = entropy;
    this.torrent = torrent;
    this.self = self;
    this.peers = peers;
  }

  /** What is listed. */
  public Hash torrent() {
    return torrent;
  }

  void start() {
    timer = loop.after(0, this::due);
  }

  /** More peers are wanted: looks again soon, with longer and longer pauses. */
  public void wantPeers() {
    if (!wanted && search == null && listed && !closed) {
      wanted = true;
      schedule(Math.max(0, pauseNanos - (loop.now() - endedNanos)));
    }
  }

  /** Ends it. Nodes forget us by themselves. */
  public void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    if (search != null) {
      search.stop();
    }
    dht.listings().remove(this);
  }

  /** Peers were named. */
  void found(List<Endpoint> named) {
    List<Endpoint> good = dht.dialable(named);
    if (!closed && !good.isEmpty()) {
      peers.accept(good);
    }
  }

  private void schedule(long nanos) {
    if (timer != null) {
      timer.cancel();
    }
    timer = loop.after(nanos, this::due);
  }

  private void due() {
    timer = null;
    if (!closed) {
      found(dht.announced(torrent));
      line();
    }
  }

  private void line() {
    dht.listings().due(this, !self.get().seed());
  }

  /** It is its turn. */
  void search() {
    wanted = false;
    List<DhtNode> nodes = dht.bound();
    if (nodes.isEmpty()) {
      again(false);
      return;
    }
    search = new Everywhere(nodes, NodeId.of(torrent), new Finding());
  }

  private void again(boolean found) {
    endedNanos = loop.now();
    listed = found;
    if (found) {
      schedule(RENEW_NANOS + entropy.nextInt(SPREAD_SECONDS) * SECOND_NANOS);
      pauseNanos = Math.min(MAX_PAUSE_NANOS, 2 * pauseNanos);
    }
    dht.listings().ended(this, found);
    if (!found) {
      line();
    }
  }

  private final class Finding implements Everywhere.Visitor {
    private boolean found;

    @Override
    public DhtQuery query() {
      return new DhtQuery.GetPeers(torrent, Want.UNSAID, self.get().seed(), false);
    }

    @Override
    public void onReply(DhtNode node, NodeInfo from, DhtReply reply) {
      found(reply.values());
    }

    @Override
    public void onNearest(DhtNode node, List<Lookup.Answered> nearest) {
      found |= !nearest.isEmpty();
      Self ours = self.get();
      if (ours.port() == 0) {
        return;
      }
      for (Lookup.Answered answered : nearest) {
        Optional<DhtQuery> query =
            answered
                .reply()
                .token()
                .map(t -> new DhtQuery.AnnouncePeer(torrent, ours.port(), false, ours.seed(), t));
        query.ifPresent(q -> node.ask(answered.node(), q, DhtNode.Quiet.INSTANCE));
      }
    }

    @Override
    public void onEnd() {
      search = null;
      if (!closed) {
        again(found);
      }
    }
  }
}
