package sluice.engine.dht;

import java.util.ArrayList;
import java.util.List;
import sluice.protocol.krpc.DhtQuery;
import sluice.protocol.krpc.DhtReply;
import sluice.protocol.krpc.NodeId;
import sluice.protocol.krpc.NodeInfo;

/** One look-up by each of our nodes, so in each family; it ends when all have. Loop only. */
final class Everywhere {
  private final List<Lookup> lookups = new ArrayList<>(2);
  private final Visitor visitor;
  private int left;

  /** Who wants to know. */
  interface Visitor {
    DhtQuery query();

    void onReply(DhtNode node, NodeInfo from, DhtReply reply);

    /** The nearest that answered to one of our nodes. */
    void onNearest(DhtNode node, List<Lookup.Answered> nearest);

    /** All have ended. */
    void onEnd();
  }

  Everywhere(List<DhtNode> nodes, NodeId target, Visitor visitor) {
    this.visitor = visitor;
    this.left = nodes.size();
    for (DhtNode node : nodes) {
      lookups.add(node.lookups().start(target, new Side(node)));
    }
  }

  void stop() {
    lookups.forEach(Lookup::stop);
  }

  private final class Side implements Lookup.Visitor {
    private final DhtNode node;

    Side(DhtNode node) {
      this.node = node;
    }

    @Override
    public DhtQuery query() {
      return visitor.query();
    }

    @Override
    public void onReply(NodeInfo from, DhtReply reply) {
      visitor.onReply(node, from, reply);
    }

    @Override
    public void onEnd(List<Lookup.Answered> nearest) {
      visitor.onNearest(node, nearest);
      if (--left == 0) {
        visitor.onEnd();
      }
    }
  }
}
