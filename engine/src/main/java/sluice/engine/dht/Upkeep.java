package sluice.engine.dht;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sluice.engine.port.Loop;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.Want;

/**
 * Keeps the table of a node alive: finds first contacts, refreshes buckets that were still, asks
 * contacts that were silent. Loop only.
 */
final class Upkeep {
  static final long TICK_NANOS = 5_000_000_000L;

  /** With fewer contacts it looks for others, with longer and longer pauses. */
  static final int FEW = 4;

  private static final long FIRST_PAUSE_NANOS = 2_000_000_000L;
  private static final long MAX_PAUSE_NANOS = 120_000_000_000L;

  private final Loop loop;
  private final DhtNode node;
  private final Starters starters;
  private final Consumer<Boolean> ready;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean searching;
  private boolean closed;
  private Loop.@Nullable Timer timer;
  private Loop.@Nullable Timer retry;

  /** Where to begin. */
  interface Starters {
    /** Gives nodes that may be there, now or later. */
    void find(boolean ipv6, Consumer<List<Endpoint>> found);
  }

  /** Told of the end of each search for contacts, {@code ready} hears whether there are any. */
  Upkeep(Loop loop, DhtNode node, Starters starters, Consumer<Boolean> ready) {
    this.loop = loop;
    this.node = node;
    this.starters = starters;
    this.ready = ready;
  }

  void start() {
    search();
    long spread = Math.floorMod(node.chance().high(), TICK_NANOS);
    timer = loop.after(spread, this::tick);
  }

  /** Somebody named a node. */
  void learn(Endpoint endpoint) {
    if (!node.mayAsk(endpoint)) {
      return;
    }
    if (node.table().size() < FEW) {
      find(node.id(), List.of(endpoint), found -> {});
    } else {
      node.ask(endpoint, new DhtQuery.Ping(), DhtNode.Quiet.INSTANCE);
    }
  }

  private void tick() {
    timer = loop.after(TICK_NANOS, this::tick);
    long now = loop.now();
    node.renewId();
    if (node.table().size() < FEW) {
      return;
    }
    node.table().refresh(node.chance(), now).ifPresent(point -> find(point, List.of(), f -> {}));
    node.table()
        .stale(now)
        .ifPresent(
            contact -> node.ask(contact.info(), new DhtQuery.Ping(), DhtNode.Quiet.INSTANCE));
  }

  /** Looks for contacts, and again as long as there are few. */
  private void search() {
    retry = null;
    if (closed || searching) {
      return;
    }
    searching = true;
    starters.find(
        node.isIpv6(),
        others -> {
          if (!closed) {
            find(node.id(), others, this::searched);
          }
        });
  }

  private void searched(int found) {
    searching = false;
    ready.accept(found > 0);
    if (node.table().size() < FEW) {
      retry = loop.after(pauseNanos, this::search);
      pauseNanos = Math.min(MAX_PAUSE_NANOS, 2 * pauseNanos);
    } else {
      pauseNanos = FIRST_PAUSE_NANOS;
      retry = loop.after(MAX_PAUSE_NANOS, this::searchIfFew);
    }
  }

  private void searchIfFew() {
    if (node.table().size() < FEW) {
      search();
    } else {
      retry = loop.after(MAX_PAUSE_NANOS, this::searchIfFew);
    }
  }

  private void find(NodeId target, List<Endpoint> others, Consumer<Integer> done) {
    node.lookups()
        .start(
            target,
            others,
            new Lookup.Visitor() {
              @Override
              public DhtQuery query() {
                return new DhtQuery.FindNode(target, Want.BOTH);
              }

              @Override
              public void onEnd(List<Lookup.Answered> nearest) {
                done.accept(nearest.size());
              }
            });
  }

  void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
    if (retry != null) {
      retry.cancel();
    }
  }
}
