package sluice.engine.choke;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import sluice.engine.port.Entropy;

/** The slots of one round while they are being given. */
final class Slots {
  private static final int ROUNDS_PER_TURN = 3;

  private final int count;
  private final List<Standing> waiting;
  private final List<Standing> chosen = new ArrayList<>();
  private OptionalInt optimistic = OptionalInt.empty();

  Slots(List<Standing> peers, int count) {
    this.count = count;
    waiting = new ArrayList<>(peers.stream().filter(Standing::isEligible).toList());
  }

  /** Slots that are left. */
  int left() {
    return Math.max(0, count - chosen.size());
  }

  /** Gives up to {@code most} slots to the first by {@code order}. */
  Slots fill(int most, Comparator<Standing> order) {
    waiting.sort(order);
    int given = Math.clamp(most, 0, Math.min(left(), waiting.size()));
    take(waiting.subList(0, given));
    return this;
  }

  /** The same, but an address group gets a second slot only when every waiting group has one. */
  Slots fillSpread(int most, Comparator<Standing> order) {
    waiting.sort(order);
    int free = Math.min(most, left());
    Set<Long> groups = new HashSet<>();
    List<Standing> firsts = new ArrayList<>();
    for (Standing peer : waiting) {
      if (firsts.size() < free && groups.add(peer.group())) {
        firsts.add(peer);
      }
    }
    take(firsts);
    return fill(free - firsts.size(), order);
  }

  /**
   * Gives one slot to who is next by the {@link Rota}. Who has it keeps it for three rounds, and
   * for a part of the next three if it came to it late.
   */
  Slots optimistic(int round, Entropy entropy) {
    if (left() == 0 || waiting.isEmpty()) {
      return this;
    }
    Optional<Standing> holder =
        waiting.stream().filter(p -> p.optimistic() && p.unchoked()).findFirst();
    boolean turnEnds = round % ROUNDS_PER_TURN == 0;
    Standing winner =
        holder
            .filter(p -> !turnEnds || p.stateNanos() < 2 * ChokePolicy.ROUND_NANOS)
            .orElseGet(() -> draw(entropy));
    optimistic = OptionalInt.of(winner.key());
    take(List.of(winner));
    return this;
  }

  /** What was given. */
  ChokeResult result() {
    return new ChokeResult(chosen.stream().map(Standing::key).toList(), optimistic);
  }

  /** One who waits: not the last one, and not of an address that has a slot, if possible. */
  private Standing draw(Entropy entropy) {
    List<Standing> hat = waiting.stream().filter(p -> !p.optimistic() && !hasSlot(p)).toList();
    if (hat.isEmpty()) {
      hat = waiting.stream().filter(p -> !p.optimistic()).toList();
    }
    if (hat.isEmpty()) {
      hat = waiting;
    }
    return Rota.next(hat, entropy);
  }

  private boolean hasSlot(Standing peer) {
    return chosen.stream().anyMatch(c -> c.group() == peer.group());
  }

  private void take(List<Standing> peers) {
    List<Standing> taken = List.copyOf(peers);
    chosen.addAll(taken);
    waiting.removeAll(taken);
  }
}
