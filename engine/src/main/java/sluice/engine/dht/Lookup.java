package sluice.engine.dht;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.KrpcMessage;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;
import sluice.protocol.krpc.SecureIds;

/**
 * Asks nodes ever nearer to a target until the nearest that answer have all been asked. Those that
 * count for that are few of each network and at most half with ids that are not of their address,
 * so that nobody can surround a target cheaply. Loop only.
 */
final class Lookup {
  /** Queries that wait at a time; slow ones do not count. */
  static final int ALPHA = 4;

  /** Nodes that are found (BEP 5: K). */
  static final int NEAREST = 8;

  /** Most of them with ids that are not of their address (BEP 42). */
  static final int MAX_WRONG = NEAREST / 2;

  /** Most queries of one look-up. */
  static final int MAX_ASKED = 120;

  /** Most nodes that are kept; the farthest go first. */
  static final int MAX_CANDIDATES = 200;

  /** Most nodes that are taken from one answer. */
  static final int MAX_TOLD = 16;

  private final DhtNode node;
  private final NodeId target;
  private final Visitor visitor;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Set<NodeId> seen = new HashSet<>();
  private int waiting;
  private int unknown;
  private int asked;
  private boolean over;

  /** A node that answered, and what. */
  record Answered(NodeInfo node, DhtReply reply) {}

  /** Who wants to know. */
  interface Visitor {
    /** What is asked. */
    DhtQuery query();

    /** A node answered; the look-up may be stopped here. */
    default void onReply(NodeInfo from, DhtReply reply) {}

    /** The nearest that answered, the nearest first; not called after {@link Lookup#stop}. */
    void onEnd(List<Answered> nearest);
  }

  /** A look-up that does nothing until {@link #start}. */
  Lookup(DhtNode node, NodeId target, Visitor visitor) {
    this.node = node;
    this.target = target;
    this.visitor = visitor;
  }

  /** Begins with contacts of the table, and with nodes whose ids are not known. */
  void start(List<NodeInfo> known, List<Endpoint> others) {
    known.forEach(this::add);
    for (Endpoint other : others) {
      if (asked < MAX_ASKED / 2) {
        asked++;
        unknown++;
        node.ask(other, visitor.query(), new Asked(null));
      }
    }
    step();
  }

  /** Ends without a word. */
  void stop() {
    if (!over) {
      over = true;
      node.lookups().ended(this);
    }
  }

  private void add(NodeInfo info) {
    boolean useful = info.endpoint().isIpv6() == node.isIpv6() && !info.id().equals(node.id());
    if (!useful || !node.mayAsk(info.endpoint()) || !seen.add(info.id())) {
      return;
    }
    Candidate added = new Candidate(info);
    int at = candidates.size();
    while (at > 0 && target.compareDistance(info.id(), candidates.get(at - 1).info.id()) < 0) {
      at--;
    }
    candidates.add(at, added);
    if (candidates.size() > MAX_CANDIDATES) {
      candidates.removeLast();
    }
  }

  private void step() {
    if (over) {
      return;
    }
    boolean open = unknown > 0;
    for (Candidate candidate : counting()) {
      if (candidate.state == State.FRESH && waiting < ALPHA && asked < MAX_ASKED) {
        ask(candidate);
      }
      open |= candidate.state == State.ASKED;
    }
    if (!open) {
      stop();
      visitor.onEnd(nearest());
    }
  }

  private void ask(Candidate candidate) {
    asked++;
    waiting++;
    candidate.state = State.ASKED;
    node.ask(candidate.info, visitor.query(), new Asked(candidate));
  }

  /** The nearest ones that may count and have not failed. */
  private List<Candidate> counting() {
    List<Candidate> counting = new ArrayList<>(NEAREST);
    Networks networks = new Networks();
    List<Endpoint> hosts = new ArrayList<>(NEAREST);
    int wrong = 0;
    for (Candidate candidate : candidates) {
      if (candidate.state == State.FAILED || candidate.state == State.SLOW) {
        continue;
      }
      Endpoint endpoint = candidate.info.endpoint();
      if ((!candidate.right && wrong >= MAX_WRONG)
          || hosts.stream().anyMatch(h -> Bucket.sameHost(h, endpoint))
          || !networks.add(endpoint.address())) {
        continue;
      }
      wrong += candidate.right ? 0 : 1;
      hosts.add(endpoint);
      counting.add(candidate);
      if (counting.size() == NEAREST) {
        break;
      }
    }
    return counting;
  }

  private List<Answered> nearest() {
    List<Answered> nearest = new ArrayList<>(NEAREST);
    for (Candidate candidate : counting()) {
      if (candidate.state == State.ANSWERED) {
        nearest.add(new Answered(candidate.info, candidate.reply));
      }
    }
    return nearest;
  }

  private enum State {
    FRESH,
    ASKED,
    SLOW,
    ANSWERED,
    FAILED
  }

  private static final class Candidate {
    final NodeInfo info;
    final boolean right;
    State state = State.FRESH;
    DhtReply reply = DhtReply.EMPTY;

    Candidate(NodeInfo info) {
      this.info = info;
      this.right = SecureIds.isRight(info.id(), info.endpoint().address());
    }
  }

  /** One query; of a node whose id is not known there is no candidate. */
  private final class Asked implements Calls.Handler {
    private final @Nullable Candidate candidate;

    Asked(@Nullable Candidate candidate) {
      this.candidate = candidate;
    }

    @Override
    public void onReply(KrpcMessage.Reply reply) {
      if (over) {
        return;
      }
      if (candidate == null) {
        unknown--;
      } else {
        leave(State.ANSWERED);
        candidate.reply = reply.reply();
        visitor.onReply(candidate.info, reply.reply());
      }
      reply.reply().nodes().stream().limit(MAX_TOLD).forEach(Lookup.this::add);
      node.told(reply.reply().nodes());
      step();
    }

    @Override
    public void onRefused(KrpcMessage.Failure failure) {
      fail();
    }

    @Override
    public void onSlow() {
      if (candidate != null && candidate.state == State.ASKED) {
        leave(State.SLOW);
        step();
      }
    }

    @Override
    public void onSilence() {
      fail();
    }

    private void fail() {
      if (candidate == null) {
        unknown--;
      } else {
        leave(State.FAILED);
      }
      step();
    }

    private void leave(State next) {
      if (candidate != null) {
        waiting -= candidate.state == State.ASKED ? 1 : 0;
        candidate.state = next;
      }
    }
  }
}
