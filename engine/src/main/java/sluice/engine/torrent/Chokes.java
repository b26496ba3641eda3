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
import sluice.engine.choke.SeedRoundRobin;
import sluice.engine.choke.Standing;
import sluice.engine.choke.TitForTat;
import sluice.engine.peer.Peer;
import sluice.engine.port.Entropy;

/**
 * The upload slots of a torrent: rounds of a {@link ChokePolicy}, and slots that are free. Loop
 * only.
 */
final class Chokes {
  private static final long FRESH_NANOS = 60_000_000_000L;
  private static final int PERMILLE = 1000;
  private static final long CREDIT_BYTES = 128L << 10;
  private static final int FAIR_SHARE = 16;
  private static final long SEED_SHARE_BYTES = 32L << 20;

  private final int slots;
  private final Entropy entropy;
  private final ChokePolicy leeching = new TitForTat();
  private final ChokePolicy seeding = new SeedRoundRobin(SEED_SHARE_BYTES);
  private OptionalInt optimistic = OptionalInt.empty();
  private int round;
  private long nextRoundNanos;

  Chokes(int slots, Entropy entropy, long now) {
    this.slots = slots;
    this.entropy = entropy;
    this.nextRoundNanos = now + ChokePolicy.ROUND_NANOS;
  }

  /** Holds a round if it is time. */
  void tick(List<Peer> peers, boolean complete, long now) {
    if (now - nextRoundNanos >= 0) {
      nextRoundNanos = now + ChokePolicy.ROUND_NANOS;
      decide(peers, complete, now);
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
      peer.unchoke();
      return;
    }
    Optional<Peer> idle =
        unchoked.stream().filter(p -> !p.interestedInUs() || isStalled(p, now)).findFirst();
    idle.ifPresent(other -> {
      other.choke();
      peer.unchoke();
    });
  }

  /** Who wants nothing makes room for the one that has waited longest. */
  private static void leave(Peer peer, List<Peer> peers) {
    if (peer.chokedByUs()) {
      return;
    }
    peers.stream()
        .filter(p -> p.interestedInUs() && p.chokedByUs() && !p.isUploadOnly() && !p.isClosed())
        .min(Comparator.comparingLong(Peer::lastUnchokedNanos))
        .ifPresent(waiting -> {
          peer.choke();
          waiting.unchoke();
        });
  }

  private void decide(List<Peer> peers, boolean complete, long now) {
    List<Standing> standings = new ArrayList<>(peers.size());
    for (Peer peer : peers) {
      standings.add(standing(peer, now));
    }
    ChokePolicy policy = complete ? seeding : leeching;
    ChokeResult result = policy.decide(standings, slots, round++, entropy);
    optimistic = result.optimistic();
    Set<Integer> chosen = new HashSet<>(result.unchoked());
    for (Peer peer : peers) {
      if (!chosen.contains(peer.key())) {
        peer.choke();
      }
    }
    for (Peer peer : peers) {
      if (chosen.contains(peer.key())) {
        peer.unchoke();
      }
    }
  }

  private static boolean isStalled(Peer peer, long now) {
    return peer.outbox().stalledNanos(now) > Standing.STALL_NANOS;
  }

  /** Whether the peer has what we want, was given much, and gave next to nothing. */
  private static boolean takes(Peer peer) {
    long given = peer.up().total();
    return peer.interesting() && given > CREDIT_BYTES && peer.down().total() < given / FAIR_SHARE;
  }

  private Standing standing(Peer peer, long now) {
    return new Standing(
        peer.key(),
        peer.interestedInUs(),
        !peer.chokedByUs(),
        optimistic.isPresent() && optimistic.getAsInt() == peer.key(),
        now - peer.connectedNanos() < FRESH_NANOS,
        peer.snubbed(),
        isStalled(peer, now),
        takes(peer),
        peer.isUploadOnly(),
        peer.down().rate(now),
        peer.up().rate(now),
        (int) ((long) peer.pieces().count() * PERMILLE / Math.max(1, peer.pieces().size())),
        now - peer.lastUnchokedNanos(),
        peer.chokedByUs() ? 0 : peer.sentSinceUnchoke(),
        Standing.group(peer.endpoint().address()),
        0);
  }
}
