package sluice.engine.choke;

import java.util.ArrayList;
import java.util.List;
import sluice.engine.port.Entropy;

/** Peers under a policy for many rounds: carries out each decision and keeps the books. */
final class ChokeWorld {
  final List<Peer> peers = new ArrayList<>();
  final ChokePolicy policy;
  final int slots;
  final Entropy entropy;
  int round;

  ChokeWorld(ChokePolicy policy, int slots, Entropy entropy) {
    this.policy = policy;
    this.slots = slots;
    this.entropy = entropy;
  }

  /** What the world knows of one peer. */
  static final class Peer {
    boolean interested = true;
    boolean unchoked;
    boolean optimistic;
    boolean fresh;
    boolean snubbed;
    boolean stalled;
    boolean takes;
    boolean uploadOnly;
    long down;
    long up;
    int permille = 500;
    long stateNanos;
    long sent;
    long total;
    long group;
    long waitedMost;
    int turns;
    double weight;
  }

  Peer add() {
    Peer peer = new Peer();
    peer.group = peers.size();
    peers.add(peer);
    return peer;
  }

  List<Standing> standings() {
    List<Standing> all = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      Peer p = peers.get(i);
      all.add(
          new Standing(
              i,
              p.interested,
              p.unchoked,
              p.optimistic,
              p.fresh,
              p.snubbed,
              p.stalled,
              p.takes,
              p.uploadOnly,
              p.down,
              p.up,
              p.permille,
              p.stateNanos,
              p.unchoked ? p.sent : 0,
              p.total,
              p.group,
              p.weight));
    }
    return all;
  }

  /** One decision, and the ten seconds after it. */
  ChokeResult step() {
    ChokeResult result = policy.decide(standings(), slots, round++, entropy);
    for (int i = 0; i < peers.size(); i++) {
      Peer p = peers.get(i);
      boolean unchoke = result.unchoked().contains(i);
      p.optimistic = result.optimistic().isPresent() && result.optimistic().getAsInt() == i;
      if (unchoke != p.unchoked) {
        p.turns += unchoke ? 1 : 0;
        p.unchoked = unchoke;
        p.stateNanos = 0;
        p.sent = 0;
      }
      p.stateNanos += ChokePolicy.ROUND_NANOS;
      p.sent += unchoke ? p.up * 10 : 0;
      p.total += unchoke ? p.up * 10 : 0;
      p.waitedMost = Math.max(p.waitedMost, unchoke ? 0 : p.stateNanos);
    }
    return result;
  }
}
