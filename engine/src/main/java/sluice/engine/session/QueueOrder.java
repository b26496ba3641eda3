package sluice.engine.session;

import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All torrents in the order of the queue. Loop only. */
final class QueueOrder {
  /** Orders beyond it are not used, so that there is room on both sides. */
  private static final long FAR = 1L << 62;

  private final NavigableSet<Turn> turns = new TreeSet<>(Turn.ORDER);

  /** Adds {@code turn} where it says, or behind all others. */
  void add(Turn turn, boolean last) {
    if (last && !turns.isEmpty()) {
      turn.place(turn.place().order(turns.last().place().order() + QueuePlace.STEP));
    }
    turns.add(turn);
  }

  void remove(Turn turn) {
    turns.remove(turn);
  }

  /** All, the first first. */
  List<Turn> all() {
    return List.copyOf(turns);
  }

  /** Moves {@code turn}. The turns whose order has changed: none, it alone, or even all. */
  List<Turn> move(Turn turn, QueueMove move) {
    Optional<Turn> before = before(turn, move);
    if (before.equals(Optional.ofNullable(turns.lower(turn)))) {
      return List.of();
    }
    turns.remove(turn);
    boolean crowded = !fits(turn, before);
    if (crowded) {
      spread();
      fits(turn, before);
    }
    turns.add(turn);
    return crowded ? all() : List.of(turn);
  }

  /** Whoever is to stand before {@code turn}. */
  private Optional<Turn> before(Turn turn, QueueMove move) {
    return switch (move) {
      case QueueMove.Top t -> Optional.empty();
      case QueueMove.Up u ->
          Optional.ofNullable(turns.lower(turn)).flatMap(t -> Optional.ofNullable(turns.lower(t)));
      case QueueMove.Down d ->
          Optional.ofNullable(turns.higher(turn)).or(() -> Optional.ofNullable(turns.lower(turn)));
      case QueueMove.Bottom b ->
          Optional.of(turns.last())
              .filter(t -> t != turn)
              .or(() -> Optional.ofNullable(turns.lower(turn)));
      case QueueMove.To(int count) -> nth(turn, count);
    };
  }

  private Optional<Turn> nth(Turn turn, int count) {
    Turn last = null;
    Iterator<Turn> all = turns.iterator();
    for (int passed = 0; passed < count && all.hasNext(); ) {
      Turn next = all.next();
      if (next != turn) {
        last = next;
        passed++;
      }
    }
    return Optional.ofNullable(last);
  }

  /** Gives {@code turn}, which is not among the others, an order behind {@code before}. */
  private boolean fits(Turn turn, Optional<Turn> before) {
    @Nullable Turn after =
        before.isPresent() ? turns.higher(before.get()) : turns.isEmpty() ? null : turns.first();
    long order;
    if (after == null) {
      order = before.map(b -> b.place().order() + QueuePlace.STEP).orElse(0L);
    } else if (before.isEmpty()) {
      order = after.place().order() - QueuePlace.STEP;
    } else {
      long low = before.get().place().order();
      long room = after.place().order() - low;
      if (room < 2) {
        return false;
      }
      order = low + room / 2;
    }
    turn.place(turn.place().order(order));
    return Math.abs(order) < FAR;
  }

  /** Makes room between all; the last one keeps its order if it is not too far away. */
  private void spread() {
    List<Turn> all = all();
    long last = Math.clamp(all.getLast().place().order(), -FAR / 2, FAR / 2);
    turns.clear();
    for (int i = 0; i < all.size(); i++) {
      Turn each = all.get(i);
      each.place(each.place().order(last - (all.size() - 1 - i) * QueuePlace.STEP));
      turns.add(each);
    }
  }
}
