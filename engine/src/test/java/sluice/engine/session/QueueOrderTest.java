package sluice.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
  private final QueueOrder order = new QueueOrder();
  private final List<Turn> turns = new ArrayList<>();

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      Turn turn = new Turn(turns.size(), Terms.DEFAULT, false);
      turns.add(turn);
      order.add(turn, true);
    }
  }

  private void addAt(long place) {
    Terms terms = Terms.DEFAULT.place(new QueuePlace(place, false));
    Turn turn = new Turn(turns.size(), terms, false);
    turns.add(turn);
    order.add(turn, false);
  }

  private List<Integer> all() {
    return order.all().stream().map(turns::indexOf).toList();
  }

  @Test
  void torrentsMoveAsTheyAreTold() {
    add(5);
    assertThat(all()).containsExactly(0, 1, 2, 3, 4);
    order.move(turns.get(3), new QueueMove.Top());
    assertThat(all()).containsExactly(3, 0, 1, 2, 4);
    order.move(turns.get(0), new QueueMove.Bottom());
    assertThat(all()).containsExactly(3, 1, 2, 4, 0);
    order.move(turns.get(4), new QueueMove.Up());
    assertThat(all()).containsExactly(3, 1, 4, 2, 0);
    order.move(turns.get(3), new QueueMove.Down());
    assertThat(all()).containsExactly(1, 3, 4, 2, 0);
    order.move(turns.get(1), new QueueMove.To(3));
    assertThat(all()).containsExactly(3, 4, 2, 1, 0);
    order.move(turns.get(0), new QueueMove.To(0));
    assertThat(all()).containsExactly(0, 3, 4, 2, 1);
    order.move(turns.get(0), new QueueMove.To(99));
    assertThat(all()).containsExactly(3, 4, 2, 1, 0);
  }

  @Test
  void whatIsWhereItShouldBeDoesNotMove() {
    add(3);
    assertThat(order.move(turns.get(0), new QueueMove.Top())).isEmpty();
    assertThat(order.move(turns.get(0), new QueueMove.Up())).isEmpty();
    assertThat(order.move(turns.get(2), new QueueMove.Bottom())).isEmpty();
    assertThat(order.move(turns.get(2), new QueueMove.Down())).isEmpty();
    assertThat(order.move(turns.get(1), new QueueMove.To(1))).isEmpty();
    assertThat(all()).containsExactly(0, 1, 2);
  }

  @Test
  void aMoveChangesOneOrderOnlyWhileThereIsRoom() {
    add(3);
    assertThat(order.move(turns.get(2), new QueueMove.Up())).containsExactly(turns.get(2));
  }

  @Test
  void thereIsAlwaysRoom() {
    for (int i = 0; i < 4; i++) {
      addAt(0);
    }
    order.move(turns.get(3), new QueueMove.To(1));
    assertThat(all()).containsExactly(0, 3, 1, 2);
    for (int i = 0; i < 100; i++) {
      order.move(order.all().getLast(), new QueueMove.To(1));
    }
    assertThat(order.all()).hasSize(4);
    assertThat(order.all().stream().map(t -> t.place().order()).distinct()).hasSize(4);
  }

  @Test
  void ordersFromAfarAreBroughtNear() {
    addAt(Long.MAX_VALUE);
    addAt(Long.MIN_VALUE);
    add(1);
    assertThat(all()).hasSize(3);
    order.move(turns.get(0), new QueueMove.Top());
    order.move(turns.get(1), new QueueMove.Bottom());
    assertThat(all()).containsExactly(0, 2, 1);
  }

  /** Random moves against a list. */
  @RepeatedTest(20)
  void agreesWithAList(org.junit.jupiter.api.RepetitionInfo run) {
    SplittableRandom random = new SplittableRandom(run.getCurrentRepetition());
    add(7);
    List<Integer> expected = new ArrayList<>(all());
    for (int step = 0; step < 300; step++) {
      int which = random.nextInt(7);
      int from = expected.indexOf(which);
      expected.remove(from);
      QueueMove move;
      int to;
      switch (random.nextInt(5)) {
        case 0 -> {
          move = new QueueMove.Top();
          to = 0;
        }
        case 1 -> {
          move = new QueueMove.Up();
          to = Math.max(0, from - 1);
        }
        case 2 -> {
          move = new QueueMove.Down();
          to = Math.min(6, from + 1);
        }
        case 3 -> {
          move = new QueueMove.Bottom();
          to = 6;
        }
        default -> {
          to = random.nextInt(7);
          move = new QueueMove.To(to);
        }
      }
      expected.add(to, which);
      order.move(turns.get(which), move);
      assertThat(all())
          .as("seed %d, step %d: %s", run.getCurrentRepetition(), step, move)
          .isEqualTo(expected);
    }
  }
}
