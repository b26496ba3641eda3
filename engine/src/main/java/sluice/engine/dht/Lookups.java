package sluice.engine.dht;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sluice.protocol.address.Endpoint;
import sluice.protocol.krpc.NodeId;

/** The look-ups of a node: some run, others wait for their turn. Loop only. */
final class Lookups {
  /** Most that run at a time. */
  static final int MAX_RUNNING = 16;

  /** Most that wait; a further one ends at once and finds nothing. */
  static final int MAX_WAITING = 4_096;

  /** Contacts that one begins with. */
  private static final int FIRST = 16;

  private final DhtNode node;
  private final Set<Lookup> running = new LinkedHashSet<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(Lookup lookup, NodeId target, List<Endpoint> others) {}

  Lookups(DhtNode node) {
    this.node = node;
  }

  /** Starts a look-up, now or later, that asks {@code others} besides contacts of the table. */
  Lookup start(NodeId target, List<Endpoint> others, Lookup.Visitor visitor) {
    Lookup lookup = new Lookup(node, target, visitor);
    if (running.size() < MAX_RUNNING) {
      run(new Waiting(lookup, target, others));
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(new Waiting(lookup, target, others));
    } else {
      node.later(() -> visitor.onEnd(List.of()));
    }
    return lookup;
  }

  /** The same with contacts of the table alone. */
  Lookup start(NodeId target, Lookup.Visitor visitor) {
    return start(target, List.of(), visitor);
  }

  void ended(Lookup lookup) {
    waiting.removeIf(w -> w.lookup == lookup);
    if (running.remove(lookup) && !waiting.isEmpty()) {
      node.later(() -> {
        if (running.size() < MAX_RUNNING && !waiting.isEmpty()) {
          run(waiting.remove());
        }
      });
    }
  }

  private void run(Waiting next) {
    running.add(next.lookup);
    // Not within the call of the one who started it, who is to have the look-up first.
    node.later(() -> {
      if (running.contains(next.lookup)) {
        next.lookup.start(node.table().closest(next.target, FIRST), next.others);
      }
    });
  }

  void close() {
    waiting.clear();
    new ArrayList<>(running).forEach(Lookup::stop);
  }
}
