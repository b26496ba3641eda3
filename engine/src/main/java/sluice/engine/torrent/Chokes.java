package sluice.engine.torrent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sluice.engine.choke.ChokePolicy;
import sluice.engine.choke.ChokeResult;
import sluice.engine.choke.PaidSlots;
import sluice.engine.choke.Rota;
import sluice.engine.choke.SeedRoundRobin;
import sluice.engine.choke.Standing;
import sluice.engine.choke.TitForTat;
import sluice.engine.peer.Peer;
import sluice.engine.peer.SlotSeller;
import sluice.engine.port.Entropy;
import sluice.engine.rate.Quota;

/**
 * The upload slots of a torrent: rounds of a {@link ChokePolicy}, and slots that are free. Loop
 * only.
 *
 * <p>A turn of who has what we want and has not given a sixteenth of what it got is over when it
 * got a 2048th part of the torrent, if others wait: who never gives cannot have much from any one,
 * and those it is connected to are few.
 */
final class Chokes {
  private static final long FRESH_NANOS = 60_000_000_000L;
  private static final int PERMILLE = 1000;
  private static final int CREDIT_PART = 2048;
  private static final long MIN_CREDIT_BYTES = 32L << 10;
  private static final int FAIR_SHARE = 16;
  private static final long SEED_SHARE_BYTES = 32L << 20;

  private int slots;
  private final long creditBytes;
  private final Entropy entropy;
  private final ChokePolicy leeching = new TitForTat();
  private final ChokePolicy seeding = new SeedRoundRobin(SEED_SHARE_BYTES);
  private Optional<SlotSeller> seller = Optional.empty();
  private OptionalInt optimistic = OptionalInt.empty();
  private int round;
  private long nextRoundNanos;

  /** {@code contentBytes}: the size of the torrent. */
  Chokes(int slots, long contentBytes, Entropy entropy, long now) {
    this.slots = slots;
    this.creditBytes = Math.max(MIN_CREDIT_BYTES, contentBytes / CREDIT_PART);
    this.entropy = entropy;
    this.nextRoundNanos = now + ChokePolicy.ROUND_NANOS;
  }

  /** Has so many slots; those too many are taken in the next round. */
  void slots(int most) {
    slots = most;
  }

  /** Lets {@code other} sell slots. */
  void seller(Optional<SlotSeller> other) {
    seller = other;
  }

  /** Why {@code peer}, which has a slot, has it. */
  SlotKind kind(Peer peer) {
    if (weight(peer) > 0) {
      return SlotKind.BID;
    }
    return isOptimistic(peer) ? SlotKind.OPTIMISTIC : SlotKind.RATE;
  }

  /** Ends turns that are over, and holds a round if it is time. */
  void tick(List<Peer> peers, boolean complete, long now) {
    divide(peers);
    for (Peer peer : peers) {
      if (!peer.chokedByUs()) {
        limit(peer);
        if (peer.slot().isSpent()) {
          passOn(peer, peers, now);
        }
      }
    }
    if (now - nextRoundNanos >= 0) {
      nextRoundNanos = now + ChokePolicy.ROUND_NANOS;
      decide(peers, complete, round++, now);
    } else if (seller.isPresent() && seller.get().isWaiting()) {
      decide(peers, complete, round, now);
    }
  }

  /** A peer became interested or lost interest: gives it a slot at once if one is not used. */
  void interestChanged(Peer peer, List<Peer> peers, long now) {
    if (!peer.interestedInUs()) {
      leave(peer, peers);
      return;
    }
    if (!peer.chokedByUs()) {
      return;
    }
    List<Peer> unchoked = peers.stream().filter(p -> !p.chokedByUs()).toList();
    if (unchoked.size() < slots) {
      open(peer);
      return;
    }
    Optional<Peer> idle =
        unchoked.stream().filter(p -> !p.interestedInUs() || isStalled(p, now)).findFirst();
    idle.ifPresent(other -> {
      other.choke();
      open(peer);
    });
  }

  /** Who wants nothing makes room for the one that has waited longest. */
  private void leave(Peer peer, List<Peer> peers) {
    if (peer.chokedByUs()) {
      return;
    }
    peers.stream()
        .filter(p -> p.chokedByUs() && isWanting(p))
        .min(Comparator.comparingLong(p -> p.slot().changedNanos()))
        .ifPresent(waiting -> {
          peer.choke();
          open(waiting);
        });
  }

  private void open(Peer peer) {
    peer.unchoke();
    limit(peer);
  }

  private void limit(Peer peer) {
    boolean unproven = peer.interesting() && givesNothing(peer) && weight(peer) == 0;
    peer.slot().most(unproven ? creditBytes : Long.MAX_VALUE);
  }

  /** The turn of {@code peer} is over: another's begins, or, if nobody waits, it goes on. */
  private void passOn(Peer peer, List<Peer> peers, long now) {
    List<Standing> hat =
        peers.stream()
            .filter(p -> p.chokedByUs() && isWanting(p))
            .map(p -> standing(p, now))
            .toList();
    if (hat.isEmpty()) {
      peer.slot().most(Long.MAX_VALUE);
      return;
    }
    int next = Rota.next(hat, entropy).key();
    peer.choke();
    peers.stream().filter(p -> p.key() == next).forEach(this::open);
    if (isOptimistic(peer)) {
      optimistic = OptionalInt.of(next);
    }
  }

  private boolean isOptimistic(Peer peer) {
    return optimistic.isPresent() && optimistic.getAsInt() == peer.key();
  }

  /** Has the bytes of payers come out of their part of the bandwidth. */
  private void divide(List<Peer> peers) {
    if (seller.isPresent()) {
      int free = seller.get().freePermille();
      peers.forEach(peer -> peer.sold(weight(peer) > 0 ? free : Quota.NOT_SOLD));
    }
  }

  private double weight(Peer peer) {
    return seller.isPresent() ? seller.get().weight(peer) : 0;
  }

  /** Without a seller the policy of the torrent; else one that sells a part of the slots. */
  private ChokePolicy policy(List<Peer> peers, boolean complete, long now) {
    ChokePolicy policy = complete ? seeding : leeching;
    if (seller.isEmpty()) {
      return policy;
    }
    PaidSlots paid = new PaidSlots(policy, complete ? 0 : 1, seller.get().freePermille());
    seller.get().sell(peers.stream().filter(Chokes::isWanting).toList(), paid.forSale(slots), now);
    return paid;
  }

  private static boolean isWanting(Peer peer) {
    return peer.interestedInUs() && !peer.isUploadOnly() && !peer.isClosed();
  }

  private void decide(List<Peer> peers, boolean complete, int number, long now) {
    ChokePolicy policy = policy(peers, complete, now);
    divide(peers);
    List<Standing> standings = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      standings.add(standing(peer, now));
    }
    ChokeResult result = policy.decide(standings, slots, number, entropy);
    optimistic = result.optimistic();
    Set<Integer> chosen = new HashSet<>(result.unchoked());
    for (Peer peer : peers) {
      if (!chosen.contains(peer.key())) {
        peer.choke();
      }
    }
    for (Peer peer : peers) {
      if (chosen.contains(peer.key())) {
        open(peer);
      }
    }
  }

  private static boolean isStalled(Peer peer, long now) {
    return peer.outbox().stalledNanos(now) > Standing.STALL_NANOS;
  }

  /** Whether the peer has what we want, was given much, and gave next to nothing. */
  private boolean takes(Peer peer) {
    return peer.interesting() && peer.up().total() >= creditBytes && givesNothing(peer);
  }

  private static boolean givesNothing(Peer peer) {
    return peer.down().total() <= peer.up().total() / FAIR_SHARE;
  }

  private Standing standing(Peer peer, long now) {
    return new Standing(
        peer.key(),
        peer.interestedInUs(),
        !peer.chokedByUs(),
        isOptimistic(peer),
        now - peer.connectedNanos() < FRESH_NANOS,
        peer.snubbed(),
        isStalled(peer, now),
        takes(peer),
        peer.isUploadOnly(),
        peer.down().rate(now),
        peer.up().rate(now),
        (int) ((long) peer.pieces().count() * PERMILLE / Math.max(1, peer.pieces().size())),
        now - peer.slot().changedNanos(),
        peer.chokedByUs() ? 0 : peer.slot().givenBytes(),
        peer.up().total(),
        Standing.group(peer.endpoint().address()),
        weight(peer));
  }
}
